import { startBullmq } from "./bullmq/system.ts";
import { measure } from "./measure.ts";
import { startPlane } from "./plane/system.ts";
import type { Bench, BenchOptions, BenchResult } from "./result.ts";

/** The reference plane from HTTP to SUCCEEDED, and then BullMQ on the same Redis: same jobs, same concurrency. */
export const plane: Bench = { title: "the reference plane, then BullMQ on the same Redis", run };

const concurrency = 50;

async function* run(options: BenchOptions): AsyncGenerator<BenchResult> {
  await using system = await startPlane(concurrency, options.signal ?? new AbortController().signal);
  yield* measure("plane", system, options);
  await using bullmq = await startBullmq(system.redisUrl, { workers: 2, concurrency });
  yield* measure("bullmq", bullmq, options);
}
