import { expect, test } from "vitest";

import { conditionsNamed } from "./named-conditions.ts";
import { measureLoopback } from "./loopback.ts";

const never = new AbortController().signal;

test("measured conditions have the latencies that were measured, and all else is quiet", async () => {
  const latency = { minMs: 0.02, meanMs: 0.06, maxMs: 3 };
  const { conditions, words } = await conditionsNamed("measured", never, () => Promise.resolve(latency));
  const quiet = await conditionsNamed("quiet", never);
  expect(conditions).toEqual({ ...quiet.conditions, latency });
  expect(words).toContain("0.06 on average");
});

test("other conditions do not exist", async () => {
  await expect(conditionsNamed("stormy", never)).rejects.toMatchObject({ exitCode: 2 });
});

test("loopback takes some time, its mean lies between the extremes, and nothing is left running", async () => {
  const { minMs, meanMs, maxMs } = await measureLoopback(never);
  expect(minMs).toBeGreaterThan(0);
  expect(meanMs).toBeGreaterThanOrEqual(minMs);
  expect(maxMs).toBeGreaterThanOrEqual(meanMs);
});
