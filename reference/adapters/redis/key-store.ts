import type { Redis, Script } from "../../ports/mod.ts";
import { loadScript } from "./scripts.ts";

/** Where keys are held by a token for a time. Each call rejects as the {@link Redis} port does. */
export interface KeyStore {
  /** Whether the key was free, and is now held. */
  take(key: string, token: string, ttlMs: number): Promise<boolean>;
  /** Whether it was still held by this token, and lives on. */
  renew(key: string, token: string, ttlMs: number): Promise<boolean>;
  /** Whether a key was removed. */
  release(key: string, token: string): Promise<boolean>;
  /** Takes back a `take` whose outcome is unknown; touches nobody else's. */
  withdraw(key: string, token: string): Promise<boolean>;
}

/** How a release finds out that the key is its own; `unconditional` leaves that safeguard out. */
export type ReleaseRule = "by-token" | "unconditional";

/** Keys in Redis: SET NX PX, and scripts that compare the token first. */
export function redisKeys(redis: Redis, rule: ReleaseRule = "by-token"): KeyStore {
  const run = async (script: Script, key: string, ...args: (string | number)[]): Promise<boolean> => {
    return (await redis.script(script, [key], args)) === 1;
  };
  const release = rule === "by-token" ? releaseOwn : releaseAny;
  return {
    take: async (key, token, ttlMs) => (await redis.command("SET", key, token, "NX", "PX", Math.ceil(ttlMs))) === "OK",
    renew: (key, token, ttlMs) => run(renewOwn, key, token, Math.ceil(ttlMs)),
    release: (key, token) => run(release, key, token),
    withdraw: (key, token) => run(releaseOwn, key, token),
  };
}

/** Every wish is granted, and no key is kept: the safeguard is left out. */
export const boundlessKeys: KeyStore = {
  take: () => Promise.resolve(true),
  renew: () => Promise.resolve(true),
  release: () => Promise.resolve(true),
  withdraw: () => Promise.resolve(true),
};

const renewOwn = loadScript("lock-renew");
const releaseOwn = loadScript("lock-release");

/** Left out: the comparison. The name stays, so that a trap on the release finds it here too. */
const releaseAny: Script = { name: releaseOwn.name, text: "return redis.call('DEL', KEYS[1])" };
