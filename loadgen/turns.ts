import { UsageError } from "../core/mod.ts";

/**
 * Takes turns by weight: calling it again and again gives the numbers 0, 1, … as often as their shares say, and
 * spreads each evenly (smooth weighted round robin, as in nginx).
 *
 * @throws UsageError unless there is one share for each, none is negative, and one is above 0.
 */
export function takeTurns(count: number, shares: readonly number[] = Array<number>(count).fill(1)): () => number {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (shares.length !== count || !(total > 0) || shares.some((share) => share < 0)) {
    throw new UsageError(`Cannot split a load over ${count} gateways as [${shares.join(", ")}]`, "give one share each");
  }
  const credits = shares.map(() => 0);
  return () => {
    let chosen = 0;
    for (const [index, share] of shares.entries()) {
      credits[index] = (credits[index] ?? 0) + share;
      if ((credits[index] ?? 0) > (credits[chosen] ?? 0)) chosen = index;
    }
    credits[chosen] = (credits[chosen] ?? 0) - total;
    return chosen;
  };
}
