/**
 * The value below which a share of the values lies, interpolated linearly between neighbours.
 *
 * This is type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages" (The American Statistician 50, 1996):
 * the default of R and of NumPy. The median of an even number of values is the mean of the middle two.
 *
 * @param share - 0 is the least value, 1 the largest
 * @throws Error when there are no values: a number made of nothing would look like a measurement.
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * Math.min(1, Math.max(0, share));
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new Error("no quantile of no values");
  return below + (above - below) * (place - Math.floor(place));
}

/** The value in the middle; see {@link quantile}. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
