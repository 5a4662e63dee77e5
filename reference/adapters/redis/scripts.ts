import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import type { Script } from "../../ports/mod.ts";

/**
 * The script in `<name>.lua` of this folder.
 *
 * @param prelude - another file of functions that it uses, put in front of it: Redis has no way to include one
 */
export function loadScript(name: string, prelude?: string): Script {
  return { name, text: prelude === undefined ? read(name) : `${read(prelude)}\n${read(name)}` };
}

const digests = new WeakMap<Script, string>();

/** What EVALSHA calls a script by: the SHA-1 of its text. */
export function digestOf(script: Script): string {
  const known = digests.get(script);
  if (known !== undefined) return known;
  const digest = createHash("sha1").update(script.text).digest("hex");
  digests.set(script, digest);
  return digest;
}

/** @throws Error (a bug) when the keys of one script could be on different nodes of a Redis Cluster. */
export function assertOneSlot(script: Script, keys: readonly string[]): void {
  if (keys.length < 2 || new Set(keys.map(hashTagOf)).size === 1) return;
  throw new Error(`Script ${script.name} touches keys of different slots: ${keys.join(", ")}`);
}

/** The part that a Redis Cluster hashes: what is in the first braces, or all of it. */
function hashTagOf(key: string): string {
  return /^[^{]*\{([^}]+)\}/.exec(key)?.[1] ?? key;
}

function read(name: string): string {
  return readFileSync(new URL(`./${name}.lua`, import.meta.url), "utf8");
}
