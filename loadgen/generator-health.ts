import { createHistogram, monitorEventLoopDelay } from "node:perf_hooks";

import { readableMs, type GeneratorHealth } from "../core/mod.ts";

/** Beyond this, operations were not sent when they were due, and the latencies say more about us than the plane. */
export const sendLagP99MaxMs = 250;

/** Watches whether the load generator keeps its own schedule. */
export interface HealthWatch extends Disposable {
  /** An operation was sent, this long after it was due. */
  sent(lagMs: number): void;
  /** An operation was due, and was never sent. */
  dropped(): void;
  /** Everything so far. */
  figures(): GeneratorHealth;
}

/** Begins to watch. The event loop's delay is taken from the machine, whatever the clock of the run. */
export function watchHealth(): HealthWatch {
  const lagUs = createHistogram();
  const loop = monitorEventLoopDelay({ resolution: loopResolutionMs });
  loop.enable();
  let dropped = 0;
  return {
    sent: (lagMs) => lagUs.record(Math.max(1, Math.round(lagMs * 1_000))),
    dropped: () => void (dropped += 1),
    figures: () =>
      judged({
        operations: lagUs.count,
        dropped,
        sendLagP50Ms: percentileMs(lagUs, 50),
        sendLagP99Ms: percentileMs(lagUs, 99),
        eventLoopDelayP99Ms: loop.count === 0 ? 0 : Math.max(0, round(loop.percentile(99) / 1e6 - loopResolutionMs)),
      }),
    [Symbol.dispose]: () => void loop.disable(),
  };
}

/** The figures with their verdict. */
export function judged(figures: Omit<GeneratorHealth, "healthy" | "because">): GeneratorHealth {
  const reasons: string[] = [];
  if (figures.dropped > 0) reasons.push(`${figures.dropped} operations were due and never sent`);
  if (figures.sendLagP99Ms > sendLagP99MaxMs) {
    const lag = readableMs(figures.sendLagP99Ms);
    reasons.push(`one operation in a hundred was sent ${lag} late or later (at most ${sendLagP99MaxMs} ms is fair)`);
  }
  if (reasons.length === 0) return { healthy: true, ...figures };
  return { healthy: false, because: `The load generator was not healthy: ${reasons.join("; ")}.`, ...figures };
}

/** The monitor's timer fires this far apart when nothing delays it, and reports that too. */
const loopResolutionMs = 10;

function percentileMs(histogramUs: { count: number; percentile(percent: number): number }, percent: number): number {
  return histogramUs.count === 0 ? 0 : round(histogramUs.percentile(percent) / 1_000);
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
