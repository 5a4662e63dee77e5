import type { Random } from "../core/mod.ts";

/** Up to this many pairs, all ways to flip the signs are tried: 65,536 of them. */
const exactUpTo = 16;
const draws = 20_000;

/**
 * The sign-flip permutation test of paired differences: if the two tunings were alike, each difference could as well
 * have had the other sign. Two-sided: the share of all ways to flip the signs whose sum is as far from zero as the one
 * seen.
 *
 * @param random - for more than 16 pairs, of which 20,000 ways are drawn
 */
export function signFlipProbability(differences: readonly number[], random: Random): number {
  const seen = Math.abs(sum(differences));
  const asFar = (signs: (index: number) => boolean): boolean => {
    const flipped = sum(differences.map((each, index) => (signs(index) ? -each : each)));
    return Math.abs(flipped) >= seen - 1e-12 * Math.max(1, seen);
  };
  if (differences.length <= exactUpTo) {
    const ways = 2 ** differences.length;
    return counted(ways, (way) => asFar((index) => ((way >> index) & 1) === 1)) / ways;
  }
  // The way that was seen is one of them: a share of zero would claim too much.
  return (1 + counted(draws, () => asFar(() => random.next() < 0.5))) / (1 + draws);
}

/** The fewest pairs with which the sign-flip test can fall below a probability: 6 for 0.05. */
export function fewestPairs(below: number): number {
  return Math.ceil(Math.log2(2 / below));
}

function counted(times: number, holds: (time: number) => boolean): number {
  let count = 0;
  for (let time = 0; time < times; time++) if (holds(time)) count += 1;
  return count;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
