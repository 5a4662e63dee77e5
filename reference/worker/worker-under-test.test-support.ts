import { decodePacket, encodePacket, type Heartbeat, type JobResult } from "../domain/packets.ts";
import { resultSubject, topicQueue, workerQueue, workerSubject } from "../domain/subjects.ts";
import { quiet } from "../scheduler/manual-clock.test-support.ts";
import { configOf, MemoryPlane } from "../scheduler/memory-plane.test-support.ts";
import { startWorker, type RunningWorker } from "./worker.ts";
import type { Attempt, Work } from "./work.ts";

export const config = configOf({ workerConcurrency: 2 });
export const mine = { queue: workerQueue("worker-1"), subject: workerSubject("worker-1") };
export const shared = { queue: topicQueue("job.echo"), subject: "job.echo" };

/** Work whose attempts end when the test says so. */
export class HeldWork {
  readonly attempts: Attempt[] = [];
  readonly #ends = new Map<string, PromiseWithResolvers<unknown>>();

  readonly work: Work = (attempt) => {
    this.attempts.push(attempt);
    const end = Promise.withResolvers<unknown>();
    this.#ends.set(attempt.job, end);
    return end.promise;
  };

  get jobs(): string[] {
    return this.attempts.map(({ job }) => job);
  }

  async end(job: string, value?: unknown): Promise<void> {
    this.#ends.get(job)?.resolve(value);
    await quiet();
  }

  async fail(job: string, thrown: unknown): Promise<void> {
    this.#ends.get(job)?.reject(thrown);
    await quiet();
  }
}

/** A worker with room for two attempts at once, `worker-1`, in a plane of its own. */
export async function start(work: Work): Promise<{ plane: MemoryPlane; worker: RunningWorker }> {
  const plane = new MemoryPlane();
  const worker = await startWorker(plane.environment("worker-1"), config, work);
  return { plane, worker };
}

/** A job that a scheduler has dispatched: to the worker by name, or to its topic. */
export async function dispatch(plane: MemoryPlane, job: string, subject = mine.subject, epoch = 1): Promise<void> {
  await plane.store(job, { payload: JSON.stringify({ hello: job }) });
  plane.jobs.overwrite(job, { state: "DISPATCHED", epoch });
  await deliver(plane, job, subject, epoch);
}

/** The message of a dispatch, once more. */
export async function deliver(plane: MemoryPlane, job: string, subject = mine.subject, epoch = 1): Promise<void> {
  const body = encodePacket("dispatch", "scheduler-1", `trace-${job}`, { job_id: job, epoch, topic: "job.echo" });
  plane.bus.publish({ subject, body });
  await quiet();
}

/** What workers have reported. */
export function results(plane: MemoryPlane): JobResult[] {
  return plane.bus.on(resultSubject).flatMap(({ body }) => decodePacket("result", body)?.payload ?? []);
}

/** What workers have broadcast about themselves. */
export function heartbeats(plane: MemoryPlane, subject = "sys.heartbeat"): Heartbeat[] {
  const heard = plane.bus.broadcasts.filter((broadcast) => broadcast.subject === subject);
  return heard.flatMap(({ body }) => decodePacket("heartbeat", body)?.payload ?? []);
}
