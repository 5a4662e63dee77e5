import { messageOf, type Clock } from "../../../core/mod.ts";
import type { Admission, Limiter, Log } from "../../ports/mod.ts";
import type { LocalLimiter } from "./local-limiter.ts";

/** What a limiter with a declared degraded mode is made of. */
export interface DegradingLimiterParts {
  readonly shared: Limiter;
  readonly local: LocalLimiter;
  /** Replicas that share a limit: while degraded each admits limit / replicas (rounded down, at least 1). */
  readonly replicas: number;
  /** How long the shared limiter may take. */
  readonly timeoutMs: number;
  /** After a failure the shared limiter is left alone for this long. @defaultValue 1000 */
  readonly holdOffMs?: number;
  readonly clock: Clock;
  readonly log: Log;
}

const holdOffDefaultMs = 1_000;
/** Until what was admitted in the degraded mode is out of every window. */
const returnMs = 2_000;

/**
 * The shared limiter; or, while that fails or is slow, this replica's share by the local one, which the admission's
 * `mode` says. After the hold-off one request tries the shared limiter again, and the others stay local meanwhile.
 * It never rejects.
 *
 * The limit holds over the changes too. What this replica admitted by the shared count is in the local one when that
 * is lost; and when it is back, knowing nothing of what was admitted meanwhile, both must agree for two seconds.
 */
export function degradingLimiter(parts: DegradingLimiterParts): Limiter {
  const { shared, local, clock, log, timeoutMs, holdOffMs = holdOffDefaultMs } = parts;
  const replicas = Math.max(1, parts.replicas);
  const admitShare = (key: string, limit: number): Promise<Admission> =>
    local.admit(key, Math.max(1, Math.floor(limit / replicas)));
  let degraded = false;
  let localUntil = -Infinity;
  let bothUntil = -Infinity;
  const decide = async (admission: Admission, key: string, limit: number): Promise<Admission> => {
    if (!admission.allowed) return admission;
    if (clock.now() >= bothUntil) {
      local.count(key);
      return admission;
    }
    const share = await admitShare(key, limit);
    return share.allowed ? admission : share;
  };
  return {
    async admit(key, limitPerSecond) {
      if (clock.now() < localUntil) return admitShare(key, limitPerSecond);
      if (degraded) localUntil = clock.now() + timeoutMs;
      try {
        const admission = await within(clock, timeoutMs, shared.admit(key, limitPerSecond));
        if (degraded) {
          log.info("limiter shared again");
          bothUntil = clock.now() + returnMs;
        }
        [degraded, localUntil] = [false, -Infinity];
        return await decide(admission, key, limitPerSecond);
      } catch (thrown) {
        if (!degraded) log.warn("limiter degraded", { replicas, because: messageOf(thrown) });
        [degraded, localUntil] = [true, clock.now() + holdOffMs];
        return admitShare(key, limitPerSecond);
      }
    },
  };
}

/** Rejects when there is no value in time. A request that is counted in the store later than that was counted twice. */
function within<Value>(clock: Clock, timeoutMs: number, value: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(timeoutMs, () => reject(new Error(`no answer within ${timeoutMs} ms`)));
    value.then(resolve, reject).finally(() => timer.cancel());
  });
}
