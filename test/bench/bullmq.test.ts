import { expect, test } from "vitest";

import { useRedis } from "../servers.ts";
import { benchBullmq } from "./bullmq.ts";
import type { BenchResult } from "./result.ts";

const redis = useRedis();

test("every case does all its jobs and has its numbers", async () => {
  const results: BenchResult[] = [];
  for await (const result of benchBullmq(redis.server.url, { jobs: 20, runs: 2, warmUpMs: 0 })) results.push(result);

  expect(results.map((result) => result.case)).toEqual([
    "closed loop, 200 in flight",
    "open loop, 100/s",
    "open loop, 400/s",
  ]);
  for (const { runs, numbers } of results) {
    expect(runs).toBe(2);
    expect(numbers["jobsPerSecond"]?.min).toBeGreaterThan(0);
    expect(numbers["p50Ms"]?.min).toBeGreaterThan(0);
    expect(numbers["p99Ms"]?.max).toBeGreaterThanOrEqual(numbers["p50Ms"]?.max ?? Number.NaN);
  }
});

test("an interrupted bench rejects and leaves no worker behind", async () => {
  const stop = new AbortController();
  const results = benchBullmq(redis.server.url, { jobs: 1_000_000, runs: 1, warmUpMs: 0, signal: stop.signal });
  const first = results[Symbol.asyncIterator]().next();
  stop.abort(new Error("enough"));
  await expect(first).rejects.toThrow("enough");
  await expect.poll(childProcesses, { message: "only Redis is left" }).toBe(1);
});

function childProcesses(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "ProcessWrap").length;
}
