import { Redis } from "ioredis";
import { expect, test } from "vitest";

import { useRedis } from "../../../test/servers.ts";
import { readLeader } from "./leader.ts";

const redis = useRedis();
const schedulers = [{ id: "scheduler-1" }, { id: "scheduler-12" }];

test("each role has a leader of its own", async () => {
  const client = new Redis(redis.server.url);
  await client.mset(
    "cordum:reconciler:default",
    "scheduler-1/t",
    "cordum:workflow-engine:reconciler:default",
    "workflow-2/t",
  );
  client.disconnect();
  const engines = [{ id: "workflow-1" }, { id: "workflow-2" }];
  expect((await readLeader(redis.server.url, engines, "workflow"))?.id).toBe("workflow-2");
  expect(await readLeader(redis.server.url, engines, "scheduler")).toBeUndefined();
});

test("without a lease nobody leads", async () => {
  const client = new Redis(redis.server.url);
  await client.del("cordum:reconciler:default");
  client.disconnect();
  expect(await readLeader(redis.server.url, schedulers, "scheduler")).toBeUndefined();
});

test("a Redis that is away is an error, and not a plane without a leader", async () => {
  await expect(readLeader("redis://127.0.0.1:1", schedulers, "scheduler")).rejects.toMatchObject({
    code: "redis_away",
  });
});
