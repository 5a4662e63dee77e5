import {
  findKnee,
  overload,
  type Knee,
  type KneeRule,
  type LoadStep,
  type WindowFigures,
} from "../../../capacity/mod.ts";

/** Measures one load, given as a share of what the hottest shard can serve. */
export type MeasureLoad = (utilisation: number) => Promise<WindowFigures>;

/** Halvings of the gap between the last load that was carried and the first that was not. */
export const refinements = 2;

/** Where even the first load is too much, so many smaller ones are tried. */
const retreats = 3;

/**
 * Looks for the knee: one load after the other until one is too much, then twice into the gap before it. What is
 * too much is tried once more, and the second look counts: a hiccup of the machine is no knee.
 *
 * @param utilisations Loads to be tried, upward.
 */
export async function sweep(
  utilisations: readonly number[],
  rule: KneeRule,
  measure: MeasureLoad,
): Promise<{ steps: WindowFigures[]; knee: Knee }> {
  const steps: WindowFigures[] = [];
  const carries = async (utilisation: number): Promise<boolean> => {
    const once = await measure(utilisation);
    const figures = overload(stepOf(once), rule) === undefined ? once : await measure(utilisation);
    steps.push(figures);
    return overload(stepOf(figures), rule) === undefined;
  };
  let [low, high] = await climb(utilisations, carries);
  for (let halving = 0; halving < refinements && low !== undefined && high !== undefined; halving++) {
    const middle = rounded((low + high) / 2);
    if (await carries(middle)) low = middle;
    else high = middle;
  }
  return { steps, knee: findKnee(steps.map(stepOf), rule) };
}

function stepOf({ offeredPerSecond, worstShardFollows, hottestWait, refused }: WindowFigures): LoadStep {
  return { offeredPerSecond, worstShardFollows, hottestShardWaitMs: hottestWait.p99Ms, refused };
}

type Carries = (utilisation: number) => Promise<boolean>;

/** The last load that was carried and the first that was not, where there are such. */
async function climb(
  utilisations: readonly number[],
  carries: Carries,
): Promise<[low: number | undefined, high: number | undefined]> {
  let low: number | undefined;
  for (const utilisation of utilisations.toSorted((a, b) => a - b)) {
    if (await carries(utilisation)) low = utilisation;
    else return low === undefined ? retreat(utilisation, carries) : [low, utilisation];
  }
  return [low, undefined];
}

async function retreat(first: number, carries: Carries): Promise<[number | undefined, number]> {
  let high = first;
  for (let tries = 0; tries < retreats; tries++) {
    const half = rounded(high / 2);
    if (await carries(half)) return [half, high];
    high = half;
  }
  return [undefined, high];
}

/** Loads are spoken of: three digits are enough. */
function rounded(utilisation: number): number {
  return Number(utilisation.toFixed(3));
}
