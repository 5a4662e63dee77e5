import { afterAll, beforeAll } from "vitest";

import { useRedis } from "../../../test/servers.ts";
import type { Redis } from "../../ports/mod.ts";
import { connectRedis, type RedisClient } from "./connect-redis.ts";
import { testParts } from "./parts.test-support.ts";

/** A client of a real server for the tests of one file. */
export function useRedisClient(): RedisClient {
  const running = useRedis();
  let client: RedisClient | undefined;
  beforeAll(() => {
    const config = { instance: "test", redisPoolSize: 2, redisMinIdle: 1, redisCommandTimeoutMs: 5_000 };
    client = connectRedis({ ...config, redisUrl: running.server.url }, testParts());
  });
  afterAll(() => client?.close());
  const connected = (): RedisClient => {
    if (!client) throw new Error("redis is used before the tests begin");
    return client;
  };
  return {
    command: (...command) => connected().command(...command),
    pipeline: (commands) => connected().pipeline(commands),
    script: (script, keys, args) => connected().script(script, keys, args),
    ping: () => connected().ping(),
    pool: () => connected().pool(),
    close: () => connected().close(),
  };
}

/** Redis whose commands or scripts of one name go another way. */
export function tampered(
  redis: Redis,
  name: string,
  instead: (pass: () => Promise<unknown>) => Promise<unknown>,
): Redis {
  const over = (called: string, pass: () => Promise<unknown>): Promise<unknown> =>
    called === name ? instead(pass) : pass();
  return {
    command: (...command) => over(command[0], () => redis.command(...command)),
    pipeline: (commands) => redis.pipeline(commands),
    script: (script, keys, args) => over(script.name, () => redis.script(script, keys, args)),
  };
}
