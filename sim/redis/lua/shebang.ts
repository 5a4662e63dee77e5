import type { Bytes } from "../../bytes.ts";
import { ErrorReply } from "../reply.ts";

/** What a script may say of itself in its first line. */
export type ScriptFlag = "no-writes" | "allow-oom" | "allow-stale" | "no-cluster" | "allow-cross-slot-keys";

const known: ReadonlySet<string> = new Set<ScriptFlag>([
  "no-writes",
  "allow-oom",
  "allow-stale",
  "no-cluster",
  "allow-cross-slot-keys",
]);

/** A script without its first line, if that was a shebang; its line break stays, so that lines keep their numbers. */
export interface Announced {
  readonly body: Bytes;
  readonly flags: ReadonlySet<ScriptFlag>;
}

/** Reads `#!lua flags=no-writes`. A script without such a line has no flags. */
export function readShebang(text: Bytes): Announced | ErrorReply {
  if (!text.startsWith("#!")) return { body: text, flags: new Set() };
  const end = text.indexOf("\n");
  if (end < 0) return new ErrorReply("ERR Invalid script shebang");
  const line = text.slice(0, end);
  if (/["']/.test(line)) return new ErrorReply("ERR Invalid engine in script shebang");
  const [engine = "", ...options] = line.trim().split(/\s+/);
  if (engine !== "#!lua") return new ErrorReply(`ERR Unexpected engine in script shebang: ${engine}`);
  const flags = flagsIn(options);
  return flags instanceof ErrorReply ? flags : { body: text.slice(end), flags };
}

function flagsIn(options: readonly string[]): ReadonlySet<ScriptFlag> | ErrorReply {
  const flags = new Set<ScriptFlag>();
  for (const option of options) {
    const [, list] = /^flags=(.*)$/.exec(option) ?? [];
    if (list === undefined) return new ErrorReply(`ERR Unknown lua shebang option: ${option}`);
    for (const flag of list === "" ? [] : list.split(",")) {
      if (!isFlag(flag)) return new ErrorReply(`ERR Unexpected flag in script shebang: ${flag}`);
      flags.add(flag);
    }
  }
  return flags;
}

function isFlag(flag: string): flag is ScriptFlag {
  return known.has(flag);
}
