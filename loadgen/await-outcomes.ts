import type { Clock, Witness } from "../core/mod.ts";
import { inParallel } from "./in-parallel.ts";
import { isFinished, jobAnswer } from "./job-answer.ts";
import { jobPath } from "./read-jobs.ts";
import { openReaders, type Endpoint, type Reader } from "./readers.ts";

/** Who waits, and for how long. */
export interface AwaitOutcomesOptions {
  readonly gateways: readonly Endpoint[];
  readonly apiKey: string;
  readonly clock: Clock;
  readonly witness: Witness;
  readonly signal?: AbortSignal;
  readonly withinMs: number;
  /** For one answer. @defaultValue 5,000 */
  readonly timeoutMs?: number;
  /** Jobs read at the same time. @defaultValue 32 */
  readonly atOnce?: number;
}

const pauseMinMs = 50;
const pauseMaxMs = 500;

/**
 * Waits until every job has come to its end, or the time is up. Each round reads only the jobs that were unfinished
 * in the round before, through another gateway; the pause between rounds doubles from 50 to 500 ms. The read that
 * sees an end is written down.
 *
 * @returns the jobs that have not ended, or that nobody could tell about.
 */
export async function awaitOutcomes(ids: readonly string[], options: AwaitOutcomesOptions): Promise<string[]> {
  const { gateways, clock, signal, withinMs, timeoutMs = 5_000 } = options;
  await using readers = openReaders(gateways, { ...options, timeoutMs });
  const untilMs = clock.now() + withinMs;
  let waiting = [...ids];
  for (let round = 0; ; round++) {
    waiting = await unfinished(waiting, readers.each, round, untilMs, options);
    const leftMs = untilMs - clock.now();
    if (waiting.length === 0 || leftMs <= 0 || signal?.aborted) return waiting;
    await clock.sleep(Math.min(pauseMaxMs, pauseMinMs * 2 ** round, leftMs), signal);
  }
}

async function unfinished(
  ids: readonly string[],
  readers: readonly Reader[],
  round: number,
  untilMs: number,
  { clock, witness, signal, atOnce = 32 }: AwaitOutcomesOptions,
): Promise<string[]> {
  const ended = new Set<string>();
  await inParallel(ids, atOnce, async (id, index) => {
    const reader = readers[(index + round) % readers.length];
    const isOver = signal?.aborted === true || clock.now() >= untilMs;
    if (!isOver && reader && (await hasEnded(id, reader, witness))) ended.add(id);
  });
  return ids.filter((id) => !ended.has(id));
}

async function hasEnded(id: string, reader: Reader, witness: Witness): Promise<boolean> {
  const answer = jobAnswer(await reader.get(jobPath(id)));
  if (!answer || !isFinished(answer.state)) return false;
  const { log: _, ...short } = answer; // the final reads keep the log
  witness.record({ kind: "job-read", job: id, via: reader.id, ...short });
  return true;
}
