import type { Random } from "../core/mod.ts";
import { quantile } from "./quantile.ts";

/** An estimate and the range that it may really lie in. */
export interface Interval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** How a bootstrap is made. */
export interface BootstrapOptions {
  readonly random: Random;
  /** How sure the interval is. @defaultValue 0.95 */
  readonly level?: number;
  /** @defaultValue 4000 */
  readonly resamples?: number;
}

/**
 * The percentile bootstrap (Efron 1979): what the statistic comes to when the blocks are drawn again, with repetition.
 *
 * A block is what was observed independently, such as a run. Requests of one run depend on each other: to draw those
 * would make an interval that is far too narrow.
 *
 * @throws Error when there are no blocks.
 */
export function percentileInterval<Block>(
  blocks: readonly Block[],
  statistic: (sample: readonly Block[]) => number,
  { random, level = 0.95, resamples = 4_000 }: BootstrapOptions,
): Interval {
  if (blocks.length === 0) throw new Error("nothing to resample");
  const estimates = Array.from({ length: resamples }, () => statistic(resample(blocks, random)));
  const tail = (1 - level) / 2;
  return {
    estimate: statistic(blocks),
    lower: quantile(estimates, tail),
    upper: quantile(estimates, 1 - tail),
  };
}

/** As many blocks as there are, each drawn from all of them. */
function resample<Block>(blocks: readonly Block[], random: Random): Block[] {
  return blocks.map(() => blocks[random.int(blocks.length)] as Block);
}
