import { messageOf, readableMs, SeatrialError, UsageError } from "../../core/mod.ts";
import type { Progress } from "../progress.ts";
import type { MeasuredRun } from "./measured-run.ts";
import { interleave, type Pairs, type ScheduledRun } from "./schedule.ts";

/** How runs are made, and who is told. */
export interface PairContext {
  /** Makes one run and measures it. */
  readonly runOne: (run: ScheduledRun) => Promise<MeasuredRun>;
  readonly progress: Pick<Progress, "step">;
  readonly signal: AbortSignal;
  /** What a run is called in progress: `b` may be `job-lock-30s`. */
  readonly nameOf: (run: ScheduledRun) => string;
}

/** The runs that were made. */
export interface PairedRuns {
  readonly runs: readonly MeasuredRun[];
  /** Stopped by Ctrl-C: these runs are all there is. */
  readonly interrupted: boolean;
}

/**
 * Spoilt pairs are replaced, but no more than this many: on a machine that spoils all of them there would be no end.
 */
export const sparePairs = 2;

/**
 * Makes all runs, one after another. A pair that was spoilt, by a generator that fell behind or a run that broke, is
 * made up for by another.
 *
 * @throws what the very first run throws: nothing can be run then.
 */
export async function runPairs(wanted: Pairs, context: PairContext): Promise<PairedRuns> {
  const runs: MeasuredRun[] = [];
  const beganAt = performance.now();
  let schedule = interleave(wanted);
  let last = wanted.pairs;
  for (let planned = schedule.length; schedule.length > 0; planned += schedule.length) {
    for (const scheduled of schedule) {
      const run = await tryRun(scheduled, runs.length === 0, context);
      if (!run) return { runs, interrupted: true };
      runs.push(run);
      context.progress.step(progressLine(run, runs.length, planned, performance.now() - beganAt, context));
    }
    const missing = Math.min(wanted.pairs - usablePairs(runs), wanted.pairs + sparePairs - last);
    schedule = interleave({ pairs: Math.max(0, missing), again: 0, seed: wanted.seed, from: last + 1 });
    last += Math.max(0, missing);
  }
  return { runs, interrupted: false };
}

/** Pairs of which both sides count. */
export function usablePairs(runs: readonly MeasuredRun[]): number {
  const used = runs.filter(({ excluded }) => excluded === undefined);
  const firsts = new Set(used.filter(({ side }) => side === "a").map(({ pair }) => pair));
  return used.filter(({ side, pair }) => side === "b" && firsts.has(pair)).length;
}

/** Nothing when it was interrupted. */
async function tryRun(
  scheduled: ScheduledRun,
  isFirst: boolean,
  { runOne, signal }: PairContext,
): Promise<MeasuredRun | undefined> {
  if (signal.aborted) return undefined;
  try {
    const run = await runOne(scheduled);
    return signal.aborted ? undefined : run;
  } catch (thrown) {
    if (signal.aborted) return undefined;
    if (isFirst || !(thrown instanceof SeatrialError) || thrown instanceof UsageError) throw thrown;
    const because = messageOf(thrown);
    const notRun = { code: thrown.code, because };
    return { ...scheduled, measures: [], excluded: `it could not be run: ${because}`, notRun };
  }
}

function progressLine(
  run: MeasuredRun,
  done: number,
  planned: number,
  tookMs: number,
  { nameOf }: Pick<PairContext, "nameOf">,
): string {
  const state = run.excluded === undefined ? (run.record?.status ?? "measured") : `not used: ${run.excluded}`;
  const left = done === planned ? "" : `, about ${readableMs((tookMs / done) * (planned - done))} left`;
  return `  run ${done} of ${planned}, pair ${run.pair}, ${nameOf(run)}: ${state}${left}`;
}
