import { createHistogram, monitorEventLoopDelay } from "node:perf_hooks";

import type { GeneratorHealth } from "../core/mod.ts";

/** An operation that is sent later than this was not sent when it was due. */
const lateMs = 250;

/**
 * How many late operations are fair: one in a hundred, and ten at least, so that one hiccup of the machine does not
 * spoil a small load. Beyond it, the latencies say more about us than about the plane.
 */
export function fairlyLate(operations: number): number {
  return Math.max(10, Math.floor(operations / 100));
}

/** Watches whether the load generator keeps its own schedule. */
export interface HealthWatch extends Disposable {
  /** An operation was sent, this long after it was due. */
  sent(lagMs: number): void;
  /** An operation was due, and was never sent. */
  dropped(): void;
  /** Everything so far. */
  figures(): GeneratorHealth;
}

/**
 * Begins to watch.
 *
 * @param options.machine - whether the event loop's delay is taken from the machine, whatever the clock of the run;
 *   it is 0 otherwise
 */
export function watchHealth({ machine }: { readonly machine: boolean }): HealthWatch {
  const lagUs = createHistogram();
  const loop = machine ? watchLoop() : undefined;
  let dropped = 0;
  let late = 0;
  return {
    sent(lagMs) {
      lagUs.record(Math.max(1, Math.round(lagMs * 1_000)));
      if (lagMs > lateMs) late += 1;
    },
    dropped: () => void (dropped += 1),
    figures: () =>
      judged({
        operations: lagUs.count,
        dropped,
        late,
        sendLagP50Ms: percentileMs(lagUs, 50),
        sendLagP99Ms: percentileMs(lagUs, 99),
        eventLoopDelayP99Ms: loop?.delayP99Ms() ?? 0,
      }),
    [Symbol.dispose]: () => loop?.disable(),
  };
}

/** The figures with their verdict. */
export function judged(figures: Omit<GeneratorHealth, "healthy" | "because">): GeneratorHealth {
  const reasons: string[] = [];
  if (figures.dropped > 0) reasons.push(`${figures.dropped} operations were due and never sent`);
  const fair = fairlyLate(figures.operations);
  if (figures.late > fair) {
    reasons.push(`${figures.late} operations were sent more than ${lateMs} ms late (at most ${fair} is fair)`);
  }
  if (reasons.length === 0) return { healthy: true, ...figures };
  return { healthy: false, because: `The load generator fell behind: ${reasons.join("; ")}.`, ...figures };
}

/** The monitor's timer fires this far apart when nothing delays it, and reports that too. */
const loopResolutionMs = 10;

function watchLoop(): { delayP99Ms(): number; disable(): void } {
  const loop = monitorEventLoopDelay({ resolution: loopResolutionMs });
  loop.enable();
  return {
    delayP99Ms: () => (loop.count === 0 ? 0 : Math.max(0, round(loop.percentile(99) / 1e6 - loopResolutionMs))),
    disable: () => void loop.disable(),
  };
}

function percentileMs(histogramUs: { count: number; percentile(percent: number): number }, percent: number): number {
  return histogramUs.count === 0 ? 0 : round(histogramUs.percentile(percent) / 1_000);
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
