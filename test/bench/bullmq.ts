import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startRedis } from "../../worlds/local/servers/redis.ts";
import { startBullmq } from "./bullmq/system.ts";
import { measure } from "./measure.ts";
import type { Bench, BenchOptions, BenchResult } from "./result.ts";

/** BullMQ as a yardstick: a job from add to completion, on a Redis like the one that the reference plane gets. */
export const bullmq: Bench = { title: "BullMQ on one Redis: add, process, complete", run: runOnOwnRedis };

const cluster = { workers: 2, concurrency: 50 };

async function* runOnOwnRedis(options: BenchOptions): AsyncGenerator<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-bench-bullmq-"));
  try {
    await using redis = await startRedis(folder);
    yield* benchBullmq(redis.url, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same on a Redis that is there already. */
export async function* benchBullmq(redisUrl: string, options: BenchOptions): AsyncGenerator<BenchResult> {
  await using system = await startBullmq(redisUrl, cluster);
  yield* measure("bullmq", system, options);
}
