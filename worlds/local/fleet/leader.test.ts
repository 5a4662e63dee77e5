import { Redis } from "ioredis";
import { expect, test } from "vitest";

import { useRedis } from "../../../test/servers.ts";
import { readLeader } from "./leader.ts";

const redis = useRedis();
const schedulers = [{ id: "scheduler-1" }, { id: "scheduler-12" }];

test.each([
  ["scheduler-12:token", "scheduler-12"],
  ["scheduler-1/7/token", "scheduler-1"],
  ["scheduler-1", "scheduler-1"],
  ["scheduler-3:token", undefined],
])("a lease that says %s is held by %s", async (value, leader) => {
  const client = new Redis(redis.server.url);
  await client.set("cordum:reconciler:default", value);
  client.disconnect();
  expect((await readLeader(redis.server.url, schedulers))?.id).toBe(leader);
});

test("without a lease nobody leads", async () => {
  const client = new Redis(redis.server.url);
  await client.del("cordum:reconciler:default");
  client.disconnect();
  expect(await readLeader(redis.server.url, schedulers)).toBeUndefined();
});

test("a Redis that is away is an error, and not a plane without a leader", async () => {
  await expect(readLeader("redis://127.0.0.1:1", schedulers)).rejects.toMatchObject({ code: "redis_away" });
});
