import { hostname } from "node:os";

import type { Clock, Random } from "../../../core/mod.ts";
import type { Config } from "../../config/config.ts";
import type { Log, Metrics, Redis, Script, StoreHealth } from "../../ports/mod.ts";
import { Pool } from "./pool.ts";
import type { DialRedis } from "./redis-connection.ts";
import { assertOneSlot, digestOf } from "./scripts.ts";

/** The settings that a Redis client obeys. */
export type RedisConfig = Pick<
  Config,
  "instance" | "redisUrl" | "redisPoolSize" | "redisMinIdle" | "redisCommandTimeoutMs"
>;

/** What a Redis client is made of. */
export interface RedisParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "set">;
  readonly dial: DialRedis;
}

/** Redis, its health, and its end. */
export interface RedisClient extends Redis, StoreHealth {
  /** Refuses new calls, waits (within the command timeout) for the answers to those in flight, and disconnects. */
  close(): Promise<void>;
}

/**
 * A pool of connections to one Redis server. It begins to connect at once, and connects again whenever it must, for
 * as long as it is not closed. A call that finds no connection waits for one within the command timeout.
 *
 * Calls reject with `Unavailable` when Redis surely did not act, and with `OutcomeUnknown` when it may have. An error
 * reply that tells of a wrong command rejects as it is: that is a bug.
 */
export function connectRedis(config: RedisConfig, parts: RedisParts): RedisClient {
  const timeoutMs = config.redisCommandTimeoutMs;
  const pool = new Pool({
    ...parts,
    url: config.redisUrl,
    name: (config.instance || hostname()).replaceAll(/\s/g, "-"),
    commandTimeoutMs: timeoutMs,
    size: Math.max(1, config.redisPoolSize),
    minIdle: config.redisMinIdle,
  });
  return {
    command: (...command) => pool.send(command),
    pipeline: (commands) => pool.sendAll(commands),
    script: (script, keys, args) => runScript(pool, parts.clock, timeoutMs, { script, keys, args }),
    async ping() {
      const startedAt = parts.clock.now();
      await pool.send(["PING"]);
      return parts.clock.now() - startedAt;
    },
    pool: () => pool.count(),
    close: () => pool.close(),
  };
}

interface Call {
  readonly script: Script;
  readonly keys: readonly string[];
  readonly args: readonly (string | number)[];
}

/** By digest first. A server that does not know it has surely not run it, so it may be sent again, with its text. */
async function runScript(pool: Pool, clock: Clock, timeoutMs: number, { script, keys, args }: Call): Promise<unknown> {
  assertOneSlot(script, keys);
  const startedAt = clock.now();
  try {
    return await pool.send(["EVALSHA", digestOf(script), keys.length, ...keys, ...args]);
  } catch (thrown) {
    if (!isUnknownScript(thrown)) throw thrown;
    const leftMs = Math.max(1, startedAt + timeoutMs - clock.now());
    return pool.send(["EVAL", script.text, keys.length, ...keys, ...args], leftMs);
  }
}

function isUnknownScript(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.message.startsWith("NOSCRIPT");
}
