import type { GeneratorHealth } from "../../core/mod.ts";

/** What is known of an engine that does not say when its operations were due. */
export interface EngineFigures {
  /** How many operations were asked for. */
  readonly planned: number;
  readonly sent: number;
  /** How long that should have taken, and did take. */
  readonly plannedMs: number;
  readonly tookMs: number;
  readonly eventLoopDelayP99Ms?: number;
}

/** An engine may take this much longer than planned: it starts, and waits for the last answers. */
const fairlyLongerMs = 2_000;
/** autocannon sends those of a second at its beginning, and so is done a second before its time. */
const fairlyShorterMs = 1_200;
const fairShare = 0.99;

/**
 * Whether another engine did what it was asked for. Such engines do not say when an operation was due, so there is no
 * send lag; that they sent too little, or for too long, can be seen all the same.
 */
export function engineHealth(figures: EngineFigures): GeneratorHealth {
  const { planned, sent, plannedMs, tookMs, eventLoopDelayP99Ms = 0 } = figures;
  const dropped = Math.max(0, planned - sent);
  const reasons: string[] = [];
  if (sent < planned * fairShare) reasons.push(`${dropped} of ${planned} operations were never sent`);
  if (sent > planned * 1.01 + 2) reasons.push(`${sent} operations were sent instead of ${planned}`);
  if (tookMs < plannedMs - fairlyShorterMs) {
    reasons.push(`${planned} operations took ${seconds(tookMs)} instead of ${seconds(plannedMs)}`);
  }
  if (tookMs > plannedMs * 1.1 + fairlyLongerMs) {
    reasons.push(`${planned} operations took ${seconds(tookMs)} instead of ${seconds(plannedMs)}`);
  }
  const known = { operations: sent, dropped, late: 0, sendLagP50Ms: 0, sendLagP99Ms: 0, eventLoopDelayP99Ms };
  if (reasons.length === 0) return { healthy: true, ...known };
  return { healthy: false, because: `The load generator did not keep its rate: ${reasons.join("; ")}.`, ...known };
}

function seconds(time: number): string {
  return `${(time / 1_000).toFixed(1)} s`;
}
