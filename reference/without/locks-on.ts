import type { Locks } from "../ports/mod.ts";

/** Left out: the locks whose keys begin with this. Whoever wants one gets it; the others are as they were. */
export function withoutLocksOn(prefix: string, locks: Locks, unguarded: Locks): Locks {
  return {
    acquire: (key, ttlMs) => (key.startsWith(prefix) ? unguarded : locks).acquire(key, ttlMs),
  };
}
