/** What a limiter has admitted, as seen at one moment of the current second. */
export interface WindowCounts {
  /** Requests admitted in the second before. */
  readonly previous: number;
  /** Requests admitted in the current second. */
  readonly current: number;
  /** How much of the current second is over, in whole microseconds: 0 to 999,999. */
  readonly elapsedUs: number;
}

/** Whether one more request may pass, and when others may. */
export interface WindowDecision {
  readonly allowed: boolean;
  /** How many more would pass right now, after this one. */
  readonly remaining: number;
  /** 0 when allowed; otherwise after this long one would pass, if nobody else came. Whole ms, rounded up. */
  readonly retryAfterMs: number;
  /** After this long nothing counts any more, if nobody came. Whole ms, rounded up. */
  readonly resetAfterMs: number;
}

const secondUs = 1_000_000;

/**
 * The sliding window counter of two adjacent seconds: the last second's requests are estimated as those of the
 * current second, plus those of the previous one in proportion to how much of it is still in the window. One more
 * passes if the estimate stays within the limit. (Cloudflare, "Counting things", 2017.)
 *
 * Whole numbers throughout, so that the script on the store (rate-limit.lua) decides alike to the last digit.
 */
export function decideInWindow(limitPerSecond: number, counts: WindowCounts): WindowDecision {
  const { previous, current, elapsedUs } = counts;
  const free = (limitPerSecond - current) * secondUs - previous * (secondUs - elapsedUs);
  const allowed = free >= secondUs;
  const taken = allowed ? 1 : 0;
  return {
    allowed,
    remaining: Math.max(0, Math.floor(free / secondUs) - taken),
    retryAfterMs: allowed ? 0 : wholeMs(retryAfterUs(limitPerSecond, counts)),
    resetAfterMs: wholeMs(resetAfterUs({ previous, current: current + taken, elapsedUs })),
  };
}

/** In the current second when it has room of its own; otherwise in the next one, where it is the previous. */
function retryAfterUs(limitPerSecond: number, { previous, current, elapsedUs }: WindowCounts): number {
  const nextSecond = secondUs - elapsedUs;
  if (limitPerSecond < 1) return nextSecond + secondUs;
  if (current < limitPerSecond) return nextSecond - fadedUs(limitPerSecond - current - 1, previous);
  return nextSecond + secondUs - fadedUs(limitPerSecond - 1, current);
}

/** How long before its window's end a full second has faded to what `room` can bear. */
function fadedUs(room: number, full: number): number {
  return Math.min(secondUs, Math.floor((room * secondUs) / full));
}

function resetAfterUs({ previous, current, elapsedUs }: WindowCounts): number {
  if (current > 0) return 2 * secondUs - elapsedUs;
  return previous > 0 ? secondUs - elapsedUs : 0;
}

function wholeMs(us: number): number {
  return Math.ceil(us / 1_000);
}
