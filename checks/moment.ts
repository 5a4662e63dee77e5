/** A moment of the run as counterexamples name it, to the millisecond: `12.345 s`. */
export function moment(atMs: number): string {
  return `${(atMs / 1_000).toFixed(3)} s`;
}
