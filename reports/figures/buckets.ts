/** The time of a run cut into equal parts: never more than a chart can show, however long the run was. */
export interface Buckets {
  readonly widthMs: number;
  /** Beginning of each bucket. */
  readonly atMs: readonly number[];
}

/** The most points that a line in a chart has. */
export const bucketsMax = 240;

const widthsMs = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600].map((seconds) => seconds * 1_000);

/** Whole seconds where the run is short enough, and wider buckets where it is not. */
export function bucketsUntil(endMs: number): Buckets {
  const widest = Math.ceil(endMs / bucketsMax);
  const widthMs = widthsMs.find((width) => width >= widest) ?? widest;
  const length = Math.max(1, Math.ceil(endMs / widthMs));
  return { widthMs, atMs: Array.from({ length }, (_, index) => index * widthMs) };
}

/** The bucket that a moment falls into; moments outside the run count for its first or last one. */
function bucketOf(buckets: Buckets, at: number): number {
  return Math.min(buckets.atMs.length - 1, Math.max(0, Math.floor(at / buckets.widthMs)));
}

/** How often something happened, per second, in each bucket. */
export function ratePerSecond(buckets: Buckets, moments: Iterable<number>): number[] {
  const counts = buckets.atMs.map(() => 0);
  for (const at of moments) {
    const index = bucketOf(buckets, at);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts.map((each) => (each * 1_000) / buckets.widthMs);
}

/** The values measured in each bucket. */
export function valuesByBucket(buckets: Buckets, samples: Iterable<readonly [at: number, value: number]>): number[][] {
  const values: number[][] = buckets.atMs.map(() => []);
  for (const [at, value] of samples) values[bucketOf(buckets, at)]?.push(value);
  return values;
}
