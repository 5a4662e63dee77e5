import { quantile } from "./result.ts";

/** Something that takes jobs and says when each of them is done. */
export interface JobSystem extends AsyncDisposable {
  /** Hands in one job that was due at this time ({@link monotonicMs}); resolves when it is accepted. */
  submit(dueAtMs: number): Promise<void>;
  /** From now on, calls this for each job that is done, with the time from when it was due until its work began. */
  listen(onDone: (waitedMs: number) => void): void;
}

/** What a loop measures. */
export interface JobNumbers {
  /** From the first submission to the last completion. */
  readonly jobsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly [name: string]: number;
}

/** A loop without progress for this long is given up. */
const stalledAfterMs = 30_000;

/** Milliseconds on CLOCK_MONOTONIC, which all processes of a machine share. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Closed loop: always this many jobs in flight; each job that is done makes room for the next. */
export function closedLoop(
  system: JobSystem,
  { jobs, inFlight, signal }: { jobs: number; inFlight: number; signal?: AbortSignal | undefined },
): Promise<JobNumbers> {
  return untilDone(system, jobs, signal, (submit) => {
    for (let first = 0; first < Math.min(jobs, inFlight); first++) submit(monotonicMs());
    return { onDone: () => submit(monotonicMs()) };
  });
}

/**
 * Open loop: jobs are due at a steady rate, whether or not those before them are done. The wait counts from when a
 * job was due, so that a stalled generator cannot hide a stalled system.
 */
export function openLoop(
  system: JobSystem,
  { jobs, perSecond, signal }: { jobs: number; perSecond: number; signal?: AbortSignal | undefined },
): Promise<JobNumbers> {
  return untilDone(system, jobs, signal, (submit) => {
    const startMs = monotonicMs();
    let next = 0;
    const tick = setInterval(() => {
      for (const now = monotonicMs(); next < jobs && startMs + (next * 1_000) / perSecond <= now; next++) {
        submit(startMs + (next * 1_000) / perSecond);
      }
    }, 1);
    return { end: () => clearInterval(tick) };
  });
}

interface Feed {
  onDone?(): void;
  end?(): void;
}

/** Submits by a feed until all jobs are done; rejects when one is refused, or when nothing moves any more. */
async function untilDone(
  system: JobSystem,
  jobs: number,
  signal: AbortSignal | undefined,
  startFeed: (submit: (dueAtMs: number) => void) => Feed,
): Promise<JobNumbers> {
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const waitsMs: number[] = [];
  let submitted = 0;
  const submit = (dueAtMs: number): void => {
    if (submitted++ < jobs) system.submit(dueAtMs).catch(reject);
  };
  const abort = (): void => reject(signal?.reason);
  const watch = watchProgress(() => waitsMs.length, reject);
  signal?.addEventListener("abort", abort, { once: true });
  const startMs = monotonicMs();
  let feed: Feed = {};
  system.listen((waitedMs) => {
    if (waitsMs.push(waitedMs) === jobs) resolve();
    else feed.onDone?.();
  });
  feed = startFeed(submit);
  try {
    await promise;
  } finally {
    signal?.removeEventListener("abort", abort);
    watch.end();
    feed.end?.();
  }
  const jobsPerSecond = (jobs * 1_000) / (monotonicMs() - startMs);
  return { jobsPerSecond, p50Ms: quantile(waitsMs, 0.5), p99Ms: quantile(waitsMs, 0.99) };
}

function watchProgress(progress: () => number, giveUp: (reason: Error) => void): { end(): void } {
  let before = progress();
  const timer = setInterval(() => {
    if (progress() === before) giveUp(new Error(`no job was done for ${stalledAfterMs} ms, after ${before} jobs`));
    before = progress();
  }, stalledAfterMs);
  return { end: () => clearInterval(timer) };
}
