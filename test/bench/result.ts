/** The numbers of one run, by name, units last: `{ jobsPerSecond: 3100, p50Ms: 0.8 }`. */
export type Numbers = Readonly<Record<string, number>>;

/** One number over several runs. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** What one benchmark found in one case, such as 50 jobs in flight. Printed as one line of JSON. */
export interface BenchResult {
  /** The benchmark's file name. */
  readonly bench: string;
  /** A noun phrase: `closed loop, 50 in flight`. */
  readonly case: string;
  readonly runs: number;
  readonly numbers: Readonly<Record<string, Spread>>;
  /** What some of the numbers should come to, at least. */
  readonly aims?: Numbers;
}

/** What a reader may choose; each benchmark has its own defaults. */
export interface BenchOptions {
  /** Jobs, or whatever the benchmark counts, in each measured run. */
  readonly jobs?: number;
  /** Measured runs of each case. */
  readonly runs?: number;
  /** Unmeasured work beforehand: a cold process is half as fast as one that has run for 5 s. */
  readonly warmUpMs?: number;
  /** Ends the benchmark early; it then rejects, and leaves nothing behind. */
  readonly signal?: AbortSignal;
}

/** A benchmark: it yields a result as soon as a case is done. */
export interface Bench {
  /** What is measured, in one line. */
  readonly title: string;
  run(options: BenchOptions): AsyncIterable<BenchResult>;
}

/** Puts the runs of one case together. */
export function summarize(bench: string, name: string, runs: readonly Numbers[], aims?: Numbers): BenchResult {
  const names = Object.keys(runs[0] ?? {});
  const spreads = names.map((key) => [key, spreadOf(runs.map((numbers) => numbers[key] ?? Number.NaN))] as const);
  return { bench, case: name, runs: runs.length, numbers: Object.fromEntries(spreads), ...(aims ? { aims } : {}) };
}

/** Median, least and most of some values, rounded to four significant digits. */
export function spreadOf(values: readonly number[]): Spread {
  const round = (value: number): number => Number(value.toPrecision(4));
  return { median: round(quantile(values, 0.5)), min: round(Math.min(...values)), max: round(Math.max(...values)) };
}

/**
 * The value that a share of all values does not exceed (nearest rank), so that it is one that really occurred.
 *
 * @throws Error when there are no values: a number made of nothing would look like a measurement.
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error("no quantile of no values");
  return value;
}
