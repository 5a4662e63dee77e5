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

/** A second of the run, and how much surely happened in it. */
export interface RollingSecond {
  readonly fromMs: number;
  readonly count: number;
}

/** The second, beginning anywhere, in which the most requests were surely decided. */
export function worstRollingSecond(requests: readonly Decided[]): RollingSecond {
  // One that took longer is never surely inside. Among the others, what was sent before a second was answered in time.
  const short = requests.filter(({ sentAt, at }) => at - sentAt < secondMs);
  const sent = Float64Array.from(short, ({ sentAt }) => sentAt).toSorted();
  const answered = Float64Array.from(short, ({ at }) => at).toSorted();
  let worst: RollingSecond = { fromMs: 0, count: 0 };
  let answeredInTime = 0;
  sent.forEach((fromMs, sentBefore) => {
    while ((answered[answeredInTime] ?? Infinity) < fromMs + secondMs) answeredInTime += 1;
    const count = answeredInTime - sentBefore;
    if (count > worst.count) worst = { fromMs, count };
  });
  return worst;
}

/** The most requests that were sent in any one second. */
export function mostSentInASecond(requests: readonly Decided[]): number {
  return worstRollingSecond(requests.map(({ sentAt }) => ({ sentAt, at: sentAt }))).count;
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
