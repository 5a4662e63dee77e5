import { Redis } from "ioredis";

import { EnvironmentError, type Replica } from "../../../core/mod.ts";

/** The roles of which one replica leads. */
export type LeadingRole = (typeof leadingRoles)[number];

/** See {@link LeadingRole}. */
export const leadingRoles = ["scheduler", "workflow"] as const;

/** The lease whose holder is called the leader: the reconciler's. Its value begins with the holder's instance name. */
const leaderKeys: Readonly<Record<LeadingRole, string>> = {
  scheduler: "cordum:reconciler:default",
  workflow: "cordum:workflow-engine:reconciler:default",
};

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
  return holder === undefined ? undefined : replicas.find(({ id }) => isNamedIn(holder, id));
}

/** `scheduler-1` must not answer for `scheduler-12`. */
function isNamedIn(holder: string, id: string): boolean {
  return holder.startsWith(id) && !/^\d/.test(holder.slice(id.length));
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
