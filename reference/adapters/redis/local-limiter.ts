import type { Clock } from "../../../core/mod.ts";
import { decideInWindow, type WindowCounts } from "../../domain/rate-window.ts";
import type { Limiter } from "../../ports/mod.ts";

/** What a local limiter is made of. */
export interface LocalLimiterParts {
  readonly clock: Pick<Clock, "now">;
  /** Keys that are remembered; beyond that the one that was asked for least recently goes. @defaultValue 10,000 */
  readonly keysMax?: number;
}

/** A limiter of one replica. */
export interface LocalLimiter extends Limiter {
  /** Counts a request that somebody else has admitted, so that a decision of this one takes it into account. */
  count(key: string): void;
}

interface Counter {
  second: number;
  previous: number;
  current: number;
}

const keysMaxDefault = 10_000;

/** The same window counted in memory, for this replica alone. Its seconds are those of the monotonic clock. */
export function localLimiter({ clock, keysMax = keysMaxDefault }: LocalLimiterParts): LocalLimiter {
  const counters = new Map<string, Counter>();
  const counterAt = (key: string, nowMs: number): Counter => recall(counters, key, Math.floor(nowMs / 1_000), keysMax);
  return {
    count(key) {
      counterAt(key, clock.now()).current += 1;
    },
    admit(key, limitPerSecond) {
      const nowMs = clock.now();
      const counter = counterAt(key, nowMs);
      const decision = decideInWindow(limitPerSecond, countsAt(counter, nowMs));
      if (decision.allowed) counter.current += 1;
      return Promise.resolve({ ...decision, limit: limitPerSecond, mode: "local" });
    },
  };
}

/** The key's counter, moved on to this second. The map is kept in order of use. */
function recall(counters: Map<string, Counter>, key: string, second: number, keysMax: number): Counter {
  const known = counters.get(key);
  const age = known ? second - known.second : Infinity;
  const counter = known && age === 0 ? known : { second, previous: age === 1 && known ? known.current : 0, current: 0 };
  counters.delete(key);
  counters.set(key, counter);
  if (counters.size > keysMax) counters.delete(counters.keys().next().value ?? key);
  return counter;
}

function countsAt({ previous, current }: Counter, nowMs: number): WindowCounts {
  return { previous, current, elapsedUs: Math.floor((nowMs % 1_000) * 1_000) };
}
