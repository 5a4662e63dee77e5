import type { Bytes } from "../../../bytes.ts";
import type { FunctionBody } from "./ast.ts";
import type { Chunk } from "./chunk.ts";
import { Reader } from "./reader.ts";
import { readBlock } from "./statements.ts";

/** Reads Lua 5.1. The whole text becomes the body of one function. @throws LuaSyntaxError */
export function parse(source: Bytes, chunk: Chunk): FunctionBody {
  const reader = new Reader(source, chunk, readBlock);
  const body = readBlock(reader);
  reader.expect("<eof>");
  return { type: "function", params: [], isVararg: true, arg: undefined, fillsArg: false, body, line: 0 };
}
