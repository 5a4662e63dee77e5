import { beforeEach, expect, test } from "vitest";

import { useRedisClient } from "./redis.test-support.ts";
import { redisRunTimers } from "./run-timers.ts";

const redis = useRedisClient();
const timers = redisRunTimers({ redis });
const longAgo = 1_700_000_000_000;

beforeEach(async () => {
  await redis.command("DEL", "cordum:wf:delay:timers");
});

test("runs are due earliest first when the store's clock has reached their moment, and stay until they are cleared", async () => {
  await timers.set("late", longAgo + 2);
  await timers.set("early", longAgo + 1);
  await timers.set("future", 4_000_000_000_000);
  const due = [
    { run: "early", unixMs: longAgo + 1 },
    { run: "late", unixMs: longAgo + 2 },
  ];
  expect(await timers.due(10)).toEqual(due);
  expect(await timers.due(1)).toEqual(due.slice(0, 1));
  await timers.clear("early", longAgo + 1);
  expect(await timers.due(10)).toEqual(due.slice(1));
});

test("the earlier of two moments counts", async () => {
  await timers.set("run", longAgo + 5);
  await timers.set("run", longAgo + 9);
  expect(await timers.due(10)).toEqual([{ run: "run", unixMs: longAgo + 5 }]);
  await timers.set("run", longAgo + 1);
  expect(await timers.due(10)).toEqual([{ run: "run", unixMs: longAgo + 1 }]);
});

test("a moment that took another's place is not cleared in its name", async () => {
  await timers.set("run", longAgo + 5);
  await timers.set("run", longAgo + 1);
  await timers.clear("run", longAgo + 5);
  expect(await timers.due(10)).toHaveLength(1);
  await timers.clear("nobody", longAgo);
});

test("a moment within a millisecond is not early", async () => {
  await timers.set("run", longAgo + 0.2);
  expect(await timers.due(10)).toEqual([{ run: "run", unixMs: longAgo + 1 }]);
  await timers.clear("run", longAgo + 0.2);
  expect(await timers.due(10)).toEqual([]);
});
