import type { Bytes } from "../../../bytes.ts";
import * as arithmetic from "../runtime/arithmetic.ts";
import { callable, first, list, none } from "../runtime/calls.ts";
import * as comparison from "../runtime/comparison.ts";
import * as construction from "../runtime/construction.ts";
import * as indexing from "../runtime/indexing.ts";
import { machine } from "../runtime/machine.ts";
import type { Site } from "../runtime/site.ts";
import { LuaTable, type LuaFunction, type LuaValue } from "../runtime/table.ts";
import type { FunctionBody } from "../syntax/ast.ts";
import type { Chunk } from "../syntax/chunk.ts";
import { parse } from "../syntax/parse.ts";
import { Emitter } from "./emitter.ts";
import { variableOf } from "./names.ts";
import { emitBlock, turn } from "./statements.ts";

/** What generated code calls by name. */
const runtime = {
  ...arithmetic,
  ...comparison,
  ...construction,
  ...indexing,
  LuaTable,
  callable,
  first,
  list,
  machine,
  none,
};

type Factory = (names: typeof runtime, sites: readonly Site[], constants: readonly LuaValue[]) => LuaFunction;

/** Turns a chunk of Lua into a JavaScript function that runs it. @throws LuaSyntaxError */
export function generate(source: Bytes, chunk: Chunk, globals: LuaTable): LuaFunction {
  const { code, emitter } = generateCode(source, chunk, globals);
  // The one place where generated code becomes a function: it holds nothing but what the generator wrote.
  const factory = Reflect.construct(Function, ["$", "sites", "constants", code]) as Factory;
  return factory(runtime, emitter.sites, emitter.constants);
}

/** The JavaScript of a chunk, as the body of a function that gives the chunk's own. */
export function generateCode(source: Bytes, chunk: Chunk, globals: LuaTable): { code: string; emitter: Emitter } {
  const main = parse(source, chunk);
  const emitter = new Emitter(chunk, globals, asksForCallers.test(source), emitFunction);
  const body = emitFunction(emitter, main);
  const declarations = [
    `const {${Object.keys(runtime).join(", ")}} = $;`,
    destructured("S", emitter.sites.length, "sites"),
    destructured("K", emitter.constants.length, "constants"),
  ];
  return { code: `"use strict";\n${declarations.join("\n")}\nreturn ${body};`, emitter };
}

/** `error` can blame the caller; for its sake the calls under way are kept account of, and only then. */
const asksForCallers = /\b(?:error|load|loadstring)\b/;

function destructured(prefix: string, count: number, source: string): string {
  return `const [${Array.from({ length: count }, (_, index) => `${prefix}${index}`).join(", ")}] = ${source};`;
}

function emitFunction(emitter: Emitter, body: FunctionBody): string {
  const params = body.params.map(variableOf);
  if (body.isVararg) params.push("...rest");
  const inside = emitter.inFunction(() => {
    const arg = body.arg ? `let ${variableOf(body.arg)}${body.fillsArg ? " = argumentTable(rest)" : ""};` : "";
    return `${arg}\n${emitBlock(emitter, body.body)}\nreturn none;`;
  });
  if (!emitter.tracksCalls) return `((${params.join(", ")}) => { ${turn} ${inside} })`;
  const enter = "const depth = machine.enter();";
  return `((${params.join(", ")}) => { ${turn} ${enter} try { ${inside} } finally { machine.stack.length = depth; } })`;
}
