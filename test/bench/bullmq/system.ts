import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";

import { Queue } from "bullmq";

import type { JobSystem } from "../job-loops.ts";
import type { TimedJob } from "./worker.ts";

const workerFile = new URL("worker.ts", import.meta.url);
const readyWithinMs = 20_000;
const exitWithinMs = 5_000;

/**
 * BullMQ on a Redis server, with workers in processes of their own that do nothing with each job.
 *
 * A job counts as done when Redis has stored its completion; the worker tells so over its own channel, so that
 * counting costs Redis nothing. Completed jobs are removed.
 */
export async function startBullmq(
  redisUrl: string,
  { workers, concurrency }: { workers: number; concurrency: number },
): Promise<JobSystem> {
  const name = `bench-${process.pid}`;
  const children = Array.from({ length: workers }, () => fork(workerFile, [redisUrl, name, `${concurrency}`]));
  const queue = new Queue<TimedJob>(name, { connection: { url: redisUrl } });
  const dispose = async (): Promise<void> => {
    await Promise.all([queue.close(), ...children.map(stop)]);
  };
  try {
    await Promise.all([queue.waitUntilReady(), ...children.map(ready)]);
  } catch (thrown) {
    await dispose();
    throw thrown;
  }
  return {
    submit: async (dueAtMs) => void (await queue.add("no-op", { dueAtMs }, { removeOnComplete: true })),
    listen: (onDone) => children.forEach((child) => listenTo(child, onDone)),
    [Symbol.asyncDispose]: dispose,
  };
}

function listenTo(child: ChildProcess, onDone: (waitedMs: number) => void): void {
  child.removeAllListeners("message");
  child.on("message", (waitsMs: number[]) => waitsMs.forEach(onDone));
}

async function ready(child: ChildProcess): Promise<void> {
  const signal = AbortSignal.timeout(readyWithinMs);
  const exited = once(child, "exit", { signal }).then(() => Promise.reject(new Error("a worker died during start")));
  await Promise.race([once(child, "message", { signal }), exited]);
}

/** The worker finishes and leaves when its channel closes; one that does not is killed. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  const impatience = setTimeout(() => child.kill("SIGKILL"), exitWithinMs);
  child.disconnect();
  await exited;
  clearTimeout(impatience);
}
