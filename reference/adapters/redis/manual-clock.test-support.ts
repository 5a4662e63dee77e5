import { setImmediate as turn } from "node:timers/promises";

import type { Clock, Timer } from "../../../core/mod.ts";

interface Alarm {
  readonly dueAt: number;
  readonly run: () => void;
}

/** A clock that only the test moves. */
export interface ManualClock extends Clock {
  /** Lets this much time pass: every timer runs when it is due, and what it started goes on before the next one. */
  pass(ms: number): Promise<void>;
  /** Lets this much time pass while nothing can run, as when the process is paused. Then what is due runs, in order. */
  stall(ms: number): Promise<void>;
}

/** A clock that stands at 0 until it is moved. */
export function manualClock(): ManualClock {
  let now = 0;
  const alarms = new Set<Alarm>();
  const after = (delayMs: number, run: () => void): Timer => {
    const alarm = { dueAt: now + delayMs, run };
    alarms.add(alarm);
    return { cancel: () => alarms.delete(alarm) };
  };
  const runDue = async (until: number, moved: (dueAt: number) => void): Promise<void> => {
    await turn();
    for (let next = earliest(alarms); next && next.dueAt <= until; next = earliest(alarms)) {
      alarms.delete(next);
      moved(next.dueAt);
      next.run();
      await turn();
    }
  };
  return {
    now: () => now,
    unixMs: () => 1_700_000_000_000 + now,
    after,
    every(periodMs, run) {
      let timer: Timer;
      const again = (): Timer => after(periodMs, () => ((timer = again()), run()));
      timer = again();
      return { cancel: () => timer.cancel() };
    },
    sleep: (delayMs) => new Promise((resolve) => void after(delayMs, resolve)),
    async pass(ms) {
      const until = now + ms;
      await runDue(until, (dueAt) => (now = Math.max(now, dueAt)));
      now = until;
    },
    async stall(ms) {
      now += ms;
      await runDue(now, () => {});
    },
  };
}

function earliest(alarms: ReadonlySet<Alarm>): Alarm | undefined {
  return [...alarms].toSorted((one, other) => one.dueAt - other.dueAt)[0];
}
