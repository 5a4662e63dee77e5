import { Redis } from "ioredis";

import { EnvironmentError, type Replica } from "../../../core/mod.ts";
import { holderAmong, leaderKeys, type LeadingRole } from "../../fleet/leader.ts";

/**
 * Who holds the reconciler's lease of a role, by the store's word. Nothing when nobody does.
 *
 * @throws EnvironmentError `redis_away` when Redis does not answer.
 */
export async function readLeader<Each extends Pick<Replica, "id">>(
  redisUrl: string,
  replicas: readonly Each[],
  role: LeadingRole,
): Promise<Each | undefined> {
  const holder = await readOnce(redisUrl, leaderKeys[role]);
  return holder === undefined ? undefined : holderAmong(holder, replicas);
}

/** A connection of its own for each question: they are few, and none is left behind. */
async function readOnce(redisUrl: string, key: string): Promise<string | undefined> {
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    commandTimeout: 2_000,
  });
  // The command that fails tells the same.
  redis.on("error", () => undefined);
  try {
    return (await redis.get(key)) ?? undefined;
  } catch (thrown) {
    throw new EnvironmentError("redis_away", `Redis at ${redisUrl} does not answer`, "see logs/redis.log", thrown);
  } finally {
    redis.disconnect();
  }
}
