import type { Bytes } from "../../../bytes.ts";
import { generate } from "../generate/generate.ts";
import { first, invoke } from "../runtime/calls.ts";
import { NotSimulatedError } from "../runtime/errors.ts";
import { machine } from "../runtime/machine.ts";
import type { LuaFunction, LuaResult, LuaTable } from "../runtime/table.ts";
import { chunkNamed } from "../syntax/chunk.ts";
import { LuaSyntaxError } from "../syntax/syntax-error.ts";
import { fail, optional, stringArgument } from "./arguments.ts";
import { functionArgument } from "./base.ts";
import type { Library } from "./library.ts";
import { reported, scriptError } from "./protected.ts";

/** How much of a chunk `load` takes from a function, in bytes: as much as a string can hold. */
const chunkAtMost = 2 ** 28;

/** The functions that make functions of texts. @param globals - what names in those texts stand for */
export function chunkLibrary(globals: LuaTable): Library {
  const loadstring: LuaFunction = (...args) => {
    const text = stringArgument(args, 1);
    return loaded(text, optional(args, 2, stringArgument, text), globals);
  };
  const load: LuaFunction = (...args) => {
    const read = functionArgument(args, 1);
    const name = optional(args, 2, stringArgument, "=(load)");
    const { site } = machine;
    try {
      return loaded(readAll(read), name, globals);
    } catch (thrown) {
      const error = scriptError(thrown);
      machine.site = site;
      return [undefined, machine.protections > 0 ? error.value : reported(error)];
    }
  };
  return { load, loadstring };
}

function readAll(read: LuaFunction): Bytes {
  let text = "";
  for (;;) {
    const piece = first(invoke(read));
    if (piece === undefined || piece === "") return text;
    if (typeof piece !== "string" && typeof piece !== "number") fail("reader function must return a string");
    text += stringArgument([piece], 1);
    if (text.length > chunkAtMost) fail("not enough memory");
  }
}

function loaded(text: Bytes, name: string, globals: LuaTable): LuaResult {
  if (text.startsWith("\x1b")) throw new NotSimulatedError("Loading of precompiled chunks");
  try {
    return generate(text, chunkNamed(name), globals);
  } catch (error) {
    if (error instanceof LuaSyntaxError) return [undefined, error.message];
    throw error;
  }
}
