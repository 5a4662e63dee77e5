import { bucketsMax, type Buckets } from "./buckets.ts";

/** Requests counted by seconds of the wall clock: the unit in which limits are counted. */
export interface WallSeconds {
  /** How many surely fell into each second that saw any, by its beginning in ms of run time. */
  readonly counts: ReadonlyMap<number, number>;
  readonly busiest: number;
}

/** A request whose moment of decision is not known exactly: it was between these. */
export interface Decided {
  readonly sentAt: number;
  readonly at: number;
}

/** The wall clock at run time 0 is known to the millisecond, and read a moment after it. */
const wallClockErrorMs = 2;

/**
 * Counts what was surely decided within one second of the wall clock; what may belong to either of two counts for none.
 *
 * @param startedAtUnixMs Wall clock at run time 0.
 */
export function byWallSecond(requests: readonly Decided[], startedAtUnixMs: number): WallSeconds {
  const secondOf = (at: number): number => Math.floor((startedAtUnixMs + at) / 1_000) * 1_000 - startedAtUnixMs;
  const counts = new Map<number, number>();
  let busiest = 0;
  for (const { sentAt, at } of requests) {
    const second = secondOf(sentAt - wallClockErrorMs);
    if (secondOf(at + wallClockErrorMs) !== second) continue;
    const counted = (counts.get(second) ?? 0) + 1;
    counts.set(second, counted);
    busiest = Math.max(busiest, counted);
  }
  return { counts, busiest };
}

/** Buckets of whole wall-clock seconds from the first that saw anything to the last. */
export function wallSecondAxis(all: readonly WallSeconds[]): Buckets {
  const known = all.flatMap(({ counts }) => [...counts.keys()]);
  const last = known.reduce((latest, second) => Math.max(latest, second), -Infinity);
  const first = known.reduce((earliest, second) => Math.min(earliest, second), last);
  const seconds = known.length === 0 ? 0 : (last - first) / 1_000 + 1;
  const widthMs = Math.max(1, Math.ceil(seconds / bucketsMax)) * 1_000;
  const length = Math.ceil((seconds * 1_000) / widthMs);
  return { widthMs, atMs: Array.from({ length }, (_, index) => first + index * widthMs) };
}

/** The busiest second in each bucket of the axis: a mean would hide the second that broke the limit. */
export function busiestByBucket({ atMs, widthMs }: Buckets, { counts }: WallSeconds): number[] {
  const secondsEach = widthMs / 1_000;
  return atMs.map((from) =>
    Array.from({ length: secondsEach }, (_, second) => counts.get(from + second * 1_000) ?? 0).reduce(
      (busiest, each) => Math.max(busiest, each),
      0,
    ),
  );
}
