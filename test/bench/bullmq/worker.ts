import { Worker } from "bullmq";

import { monotonicMs } from "../job-loops.ts";

/** The data of a job: when it was due, on the clock that all processes share. */
export interface TimedJob {
  readonly dueAtMs: number;
}

/** From the parent: where Redis is, which queue, and how many jobs at once. */
const [url = "", queue = "", concurrency = "1"] = process.argv.slice(2);

const worker = new Worker<TimedJob, number>(queue, async (job) => monotonicMs() - job.data.dueAtMs, {
  connection: { url, maxRetriesPerRequest: null },
  concurrency: Number(concurrency),
});

/** What was done since the last turn of the event loop: one message for many jobs keeps the measuring cheap. */
let done: number[] = [];

worker.on("completed", (_job, waitedMs) => {
  if (done.push(waitedMs) === 1) setImmediate(report);
});
worker.on("error", (error) => process.stderr.write(`bullmq worker: ${error.message}\n`));
process.once("disconnect", () => void worker.close().finally(() => process.exit()));

await worker.waitUntilReady();
process.send?.("ready");

function report(): void {
  process.send?.(done);
  done = [];
}
