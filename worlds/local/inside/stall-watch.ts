import type { Clock, Timer, Witness } from "../../../core/mod.ts";

const periodMs = 25;
const stallMs = 100;

/**
 * Writes down each time that this process's event loop did not turn for more than 100 ms, whether the machine was
 * busy or somebody paused the process. Exact to 25 ms.
 */
export function watchStalls(clock: Clock, witness: Witness): Timer {
  let lastTurnAt = clock.now();
  return clock.every(periodMs, () => {
    const now = clock.now();
    const lastedMs = now - lastTurnAt;
    if (lastedMs > stallMs) witness.record({ kind: "stall", lastedMs: Number(lastedMs.toFixed(1)) });
    lastTurnAt = now;
  });
}
