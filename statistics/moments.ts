/** @throws Error when there are no values. */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new Error("no mean of no values");
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The standard deviation of the population that the values are a sample of: divided by n − 1. NaN for one value. */
export function standardDeviation(values: readonly number[]): number {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

/** The deviation from zero, for values whose mean is known to be zero: divided by n. */
export function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(mean(values.map((value) => value ** 2)));
}
