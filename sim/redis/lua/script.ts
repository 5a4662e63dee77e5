import { createHash } from "node:crypto";

import type { Bytes } from "../../bytes.ts";
import { ErrorReply, type Reply } from "../reply.ts";
import { generate } from "./generate/generate.ts";
import { bindArguments, globals } from "./library/globals.ts";
import { reported, scriptError } from "./library/protected.ts";
import { plainText } from "./runtime/number-text.ts";
import { oneLine, toReply } from "./replies/to-reply.ts";
import { first } from "./runtime/calls.ts";
import { NotSimulatedError, type LuaError } from "./runtime/errors.ts";
import { forgetAddresses } from "./runtime/identities.ts";
import { machine, type ScriptHost } from "./runtime/machine.ts";
import { LuaTable, type LuaFunction } from "./runtime/table.ts";
import { readShebang, type ScriptFlag } from "./shebang.ts";
import { chunkNamed } from "./syntax/chunk.ts";
import { LuaSyntaxError } from "./syntax/syntax-error.ts";

/** A script that can be run again and again. */
export interface CompiledScript {
  /** What EVALSHA calls it by. */
  readonly sha1: string;
  /** What its first line says of it, as in `#!lua flags=no-writes`; the caller sees to it that it is so. */
  readonly flags: ReadonlySet<ScriptFlag>;
  /**
   * Runs the script to its end and answers as Redis does; a script's error is an `ErrorReply`.
   *
   * @throws EndlessScriptError after so many loop turns and calls of functions as the host allows
   */
  run(host: ScriptHost, keys: readonly Bytes[], args: readonly Bytes[]): Reply;
}

/** How many scripts are kept compiled. A plane has some twenty. */
const scriptsAtMost = 1000;

const compiled = new Map<Bytes, CompiledScript>();

/**
 * Compiles a script to JavaScript, once for all servers of the process.
 *
 * @returns an `ErrorReply` where Redis would: `ERR Error compiling script (new function): user_script:1: …`
 */
export function compileScript(text: Bytes): CompiledScript | ErrorReply {
  const known = compiled.get(text);
  if (known) return known;
  const announced = readShebang(text);
  if (announced instanceof ErrorReply) return announced;
  try {
    const main = generate(announced.body, chunkNamed("@user_script"), globals);
    const script = new Script(text, announced.flags, main);
    if (compiled.size >= scriptsAtMost) compiled.clear();
    compiled.set(text, script);
    return script;
  } catch (error) {
    if (!(error instanceof LuaSyntaxError)) throw error;
    return new ErrorReply(oneLine(`ERR Error compiling script (new function): ${error.message}`));
  }
}

class Script implements CompiledScript {
  readonly sha1: string;
  readonly flags: ReadonlySet<ScriptFlag>;
  readonly #main: LuaFunction;

  constructor(text: Bytes, flags: ReadonlySet<ScriptFlag>, main: LuaFunction) {
    this.flags = flags;
    this.sha1 = createHash("sha1").update(text, "latin1").digest("hex");
    this.#main = main;
  }

  run(host: ScriptHost, keys: readonly Bytes[], args: readonly Bytes[]): Reply {
    machine.begin(host, listOf(keys), listOf(args));
    bindArguments();
    forgetAddresses();
    try {
      return toReply(first(this.#main()));
    } catch (thrown) {
      if (thrown instanceof NotSimulatedError) return new ErrorReply(`ERR seatrial: ${thrown.message}`);
      return this.#errorReply(scriptError(thrown));
    }
  }

  /** What the error handler of Redis makes of an error that nothing caught: the place comes behind it. */
  #errorReply(error: LuaError): ErrorReply {
    const { site } = error;
    const text = reported(error).getKey("err");
    if (typeof text !== "string" && typeof text !== "number") {
      return new ErrorReply("ERR seatrial: a script raised a table without err, at which Redis 7.0.15 crashes");
    }
    const place = `script: ${this.sha1}, on ${site.chunk.source}:${site.line}.`;
    return new ErrorReply(oneLine(`${plainText(text).replace(/\0[^]*$/, "")} ${place}`));
  }
}

/** Lua fills KEYS and ARGV one by one: the array part grows to powers of two. */
function listOf(words: readonly Bytes[]): LuaTable {
  const list = LuaTable.of(words);
  while ((list.array.length & (list.array.length - 1)) !== 0) list.array.push(undefined);
  return list;
}
