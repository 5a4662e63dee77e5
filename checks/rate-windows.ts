/** A request whose moment of decision is not known exactly: it was some time from when it was sent to its answer. */
export interface Decided {
  readonly sentAt: number;
  readonly at: number;
}

const secondMs = 1_000;

/** The wall clock at run time 0 is known to the millisecond, and read a moment after it. */
const wallClockErrorMs = 2;

/**
 * How many requests were surely decided within one second of the wall clock, for each second that had any.
 *
 * @param originUnixMs Wall clock at run time 0.
 */
export function surelyPerSecond(requests: readonly Decided[], originUnixMs: number): Map<number, number> {
  const seconds = new Map<number, number>();
  for (const { sentAt, at } of requests) {
    const second = Math.floor((originUnixMs + sentAt - wallClockErrorMs) / secondMs);
    const isInside = Math.floor((originUnixMs + at + wallClockErrorMs) / secondMs) === second;
    if (isInside) seconds.set(second, (seconds.get(second) ?? 0) + 1);
  }
  return seconds;
}

/** A part of the run, and how much surely happened in it. */
export interface Window {
  readonly fromMs: number;
  readonly seconds: number;
  readonly count: number;
}

/** The time of this length, beginning anywhere, in which the most requests were surely decided. */
export function busiestWindow(requests: readonly Decided[], seconds: number): Window {
  const lengthMs = seconds * secondMs;
  // One that took longer is never surely inside. Among the others, what was sent before the window was answered in it.
  const short = requests.filter((request) => request.at - request.sentAt < lengthMs);
  const sent = Float64Array.from(short, ({ sentAt }) => sentAt).toSorted();
  const answered = Float64Array.from(short, ({ at }) => at).toSorted();
  let busiest: Window = { fromMs: 0, seconds, count: 0 };
  let answeredInTime = 0;
  sent.forEach((fromMs, sentBefore) => {
    while ((answered[answeredInTime] ?? Infinity) < fromMs + lengthMs) answeredInTime += 1;
    const count = answeredInTime - sentBefore;
    if (count > busiest.count) busiest = { fromMs, seconds, count };
  });
  return busiest;
}

const longerWindows = [2, 4, 8, 16, 32, 64];

/**
 * The first window with surely more requests than a limit allows: more than this in one second; or, when answers are
 * too slow for that, more in several seconds than the limit for each of them and one more, for the edges.
 */
export function windowAbove(
  requests: readonly Decided[],
  limit: { readonly perSecond: number; readonly inOneSecond: number },
): Window | undefined {
  const sharpest = busiestWindow(requests, 1);
  if (sharpest.count > limit.inOneSecond) return sharpest;
  for (const seconds of longerWindows) {
    const busiest = busiestWindow(requests, seconds);
    if (busiest.count > limit.perSecond * (seconds + 1)) return busiest;
  }
  return undefined;
}

/**
 * How many of these requests an exact limiter admits: a sliding log, which admits a request if fewer than the limit
 * were admitted in the second before it. Requests are taken at the middle of their span.
 */
export function exactlyAdmitted(requests: readonly Decided[], limitPerSecond: number): number {
  const moments = Float64Array.from(requests, ({ sentAt, at }) => (sentAt + at) / 2).toSorted();
  const admitted: number[] = [];
  for (const moment of moments) {
    const oldest = admitted[admitted.length - limitPerSecond] ?? -Infinity;
    if (oldest <= moment - secondMs) admitted.push(moment);
  }
  return admitted.length;
}
