import { createHash } from "node:crypto";

import type { Bytes } from "../../bytes.ts";
import type { Call, Inside } from "../call.ts";
import { command, container, ofConnection, type Command, type Traits } from "../command.ts";
import { compileScript, type CompiledScript } from "../lua/mod.ts";
import { indexOf } from "../integers.ts";
import { Refusal } from "../refusal.ts";
import { ErrorReply, ok, type Reply } from "../reply.ts";
import { unsimulatedIn } from "./unsimulated.ts";

const digestLength = 40;

const readsByScript: Traits = { ...ofConnection, flags: ["readonly", "noscript"] };

/** Scripts in Lua. */
export const scriptCommands: readonly Command[] = [
  command("eval", -3, ofConnection, ([, text, ...rest], call) => run(call, () => compiled(call, text), rest)),
  command("eval_ro", -3, readsByScript, ([, text, ...rest], call) =>
    run(call, () => compiled(call, text), rest, "read-only script"),
  ),
  command("evalsha", -3, ofConnection, ([, digest, ...rest], call) => run(call, known(call, digest), rest)),
  command("evalsha_ro", -3, readsByScript, ([, digest, ...rest], call) =>
    run(call, known(call, digest), rest, "read-only script"),
  ),
  container("script", [
    ...unsimulatedIn("script", { debug: 3, help: 2 }),
    command("load", 3, ofConnection, ([, , text], call) => compiled(call, text).sha1),
    command("exists", -3, ofConnection, ([, , ...digests], { state }) =>
      digests.map((digest) => (state.scripts.has(digest.toLowerCase()) ? 1 : 0)),
    ),
    command("flush", -2, ofConnection, ([, , ...options], { state }) => {
      const [option = "SYNC", ...more] = options;
      if (more.length > 0 || !["SYNC", "ASYNC"].includes(option.toUpperCase())) {
        throw new Refusal("ERR SCRIPT FLUSH only support SYNC|ASYNC option");
      }
      state.scripts.clear();
      return ok;
    }),
    command("kill", 2, ofConnection, () => {
      throw new Refusal("NOTBUSY No scripts in execution right now.");
    }),
  ]),
];

function run(
  call: Call,
  scriptOf: () => CompiledScript,
  [count = "", ...words]: readonly Bytes[],
  inside: Inside = "script",
): Reply {
  const keyCount = keyCountOf(count, words.length);
  const script = scriptOf();
  const { client } = call;
  const database = client.database;
  const within = script.flags.has("no-writes") ? "read-only script" : inside;
  const host = { call: (args: readonly Bytes[]) => call.perform(args, within), memory: call.state.scriptMemory };
  try {
    return script.run(host, words.slice(0, keyCount), words.slice(keyCount));
  } finally {
    // A script may SELECT; what it selected ends with it.
    client.database = database;
  }
}

function keyCountOf(text: Bytes, words: number): number {
  const count = indexOf(text);
  if (count > words) throw new Refusal("ERR Number of keys can't be greater than number of args");
  if (count < 0) throw new Refusal("ERR Number of keys can't be negative");
  return count;
}

/** A script by its text, compiled once in the life of the server. @throws Refusal when it does not compile */
function compiled({ state }: Call, text: Bytes): CompiledScript {
  const digest = createHash("sha1").update(text, "latin1").digest("hex");
  const before = state.scripts.get(digest);
  if (before) return before;
  const script = compileScript(text);
  if (script instanceof ErrorReply) throw new Refusal(script.text);
  state.scripts.set(digest, script);
  return script;
}

/** A script by its digest; one that has another length is refused before anything else. */
function known({ state }: Call, digest: Bytes): () => CompiledScript {
  const find = (): CompiledScript => {
    const script = state.scripts.get(digest) ?? state.scripts.get(digest.toLowerCase());
    if (!script) throw new Refusal("NOSCRIPT No matching script. Please use EVAL.");
    return script;
  };
  if (digest.length !== digestLength) find();
  return find;
}
