/** One of the seed's formulas with its worked example, and what to know before using it. */
export interface Explanation {
  readonly title: string;
  readonly formula: string;
  /** What the example puts in, in its own units. */
  readonly inputs: readonly (readonly [name: string, value: string])[];
  /** What our function gives. */
  readonly result: string;
  /** What the document prints. */
  readonly seedPrints: string;
  /** Where it misleads, with numbers that are computed here. */
  readonly misleads: string;
}

/** A number with so many digits that matter, in groups of thousands. */
export function digits(value: number, most = 3): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: most });
}
