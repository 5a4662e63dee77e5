import type { Clock } from "./clock.ts";

/**
 * The machine's clock.
 *
 * @param originNs `process.hrtime.bigint()` at the start of the run. It is CLOCK_MONOTONIC, which every process
 *   of one machine shares, so events of different processes can be put in order.
 * @defaultValue this process's own start
 */
export function systemClock(originNs: bigint = process.hrtime.bigint()): Clock {
  return {
    now: () => Number(process.hrtime.bigint() - originNs) / 1e6,
    unixMs: () => Date.now(),
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs);
      return { cancel: () => clearTimeout(timer) };
    },
    every(periodMs, run) {
      const timer = setInterval(run, periodMs);
      return { cancel: () => clearInterval(timer) };
    },
    sleep: (delayMs, signal) => sleepUntil(delayMs, signal),
  };
}

function sleepUntil(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", wake);
      resolve();
    };
    const timer = setTimeout(wake, delayMs);
    signal?.addEventListener("abort", wake, { once: true });
  });
}
