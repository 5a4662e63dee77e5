import { seededRandom } from "../../core/mod.ts";
import type { Measure, MeasureDefinition, MeasureRow } from "../../reports/mod.ts";
import {
  countOffset,
  judgeEffect,
  logRatios,
  meanInterval,
  median,
  noiseFloor,
  noiseOf,
  pairsNeeded,
  signFlipProbability,
  type Noise,
  type Pair,
} from "../../statistics/mod.ts";
import type { MeasuredRun } from "./measured-run.ts";
import type { Side } from "./schedule.ts";

/** A measure in fewer pairs than this is not compared. */
export const fewestPairsCompared = 3;

/** One row for each measure that any run could tell, in the order of the runs' own lists. */
export function compareMeasures(runs: readonly MeasuredRun[], margin: number): MeasureRow[] {
  const used = runs.filter(({ excluded }) => excluded === undefined);
  const definitions = new Map(used.flatMap(({ measures }) => measures.map((each) => [each.id, each] as const)));
  const faults = [...definitions.keys()].filter((id) => id.startsWith("recovery-"));
  // With one fault, the slowest recovery is the recovery from it.
  if (faults.length === 1) definitions.delete("recovery");
  return [...definitions.values()].map((definition) => compareMeasure(used, definition, margin));
}

function compareMeasure(used: readonly MeasuredRun[], definition: Measure, margin: number): MeasureRow {
  const { id, title, unit, better } = definition;
  const pairs = pairsOf(used, id, "b");
  const row = { id, title, unit, better, a: spreadOf(used, id, "a"), b: spreadOf(used, id, "b"), pairs: pairs.length };
  const whyNot = whyNotCompared(used, definition, pairs);
  if (whyNot !== undefined) return { ...row, verdict: "not compared", because: whyNot };
  const values = pairLogRatios(pairs, definition);
  const noise = noiseOf(pairLogRatios(pairsOf(used, id, "again").filter(hasRatio(definition)), definition));
  return { ...row, ...judged(values, noise, { margin, better, seed: id }) };
}

/** The effect in pairs of log-ratios, beside the noise. */
function judged(
  values: readonly number[],
  noise: Noise | undefined,
  { margin, better, seed }: { margin: number; better: MeasureDefinition["better"]; seed: string },
): Pick<MeasureRow, "interval" | "floor" | "noisePairs" | "probability" | "verdict" | "needed"> {
  const random = seededRandom(`comparison/${seed}`);
  const interval = meanInterval(values, { random });
  const floor = noise === undefined ? undefined : noiseFloor(noise, values.length);
  const verdict = judgeEffect({ interval, floor: floor ?? 0, margin, better });
  const needed = verdict === "inconclusive" ? pairsNeeded({ values, noise, margin }) : undefined;
  return {
    interval,
    ...(floor === undefined ? {} : { floor }),
    noisePairs: noise?.pairs ?? 0,
    probability: signFlipProbability(values, random),
    verdict,
    ...(needed === undefined ? {} : { needed }),
  };
}

/** The values of a measure in the pairs where both the first tuning and another side could tell it. */
export function pairsOf(used: readonly MeasuredRun[], id: string, other: Exclude<Side, "a">): Pair[] {
  const firsts = new Map(used.filter(({ side }) => side === "a").map((run) => [run.pair, valueOf(run, id)]));
  return used
    .filter(({ side }) => side === other)
    .flatMap((run) => {
      const [a, b] = [firsts.get(run.pair), valueOf(run, id)];
      return a === undefined || b === undefined ? [] : [{ a, b }];
    });
}

/** The log-ratios of pairs; counts may be zero. */
export function pairLogRatios(pairs: readonly Pair[], { unit }: Pick<MeasureDefinition, "unit">): number[] {
  return logRatios(pairs, unit === "count" ? countOffset : 0);
}

/** Whether a pair has a ratio: a count always has. */
export function hasRatio({ unit }: Pick<MeasureDefinition, "unit">): (pair: Pair) => boolean {
  return ({ a, b }) => unit === "count" || (a > 0 && b > 0);
}

/** The value of a measure in a run that could tell it. */
export function valueOf({ measures }: MeasuredRun, id: string): number | undefined {
  return measures.find((measure) => measure.id === id)?.value;
}

function whyNotCompared(used: readonly MeasuredRun[], definition: Measure, pairs: readonly Pair[]): string | undefined {
  if (pairs.length < fewestPairsCompared) {
    const because = used.flatMap(({ measures }) => measures.find(({ id }) => id === definition.id)?.because ?? [])[0];
    return because ?? `only ${pairs.length} pairs`;
  }
  if (pairs.every(({ a, b }) => a === 0 && b === 0)) return "none on either side";
  return pairs.every(hasRatio(definition)) ? undefined : "zero has no ratio";
}

function spreadOf(used: readonly MeasuredRun[], id: string, side: Side): MeasureRow["a"] {
  const values = used.filter((run) => run.side === side).flatMap((run) => valueOf(run, id) ?? []);
  if (values.length === 0) return undefined;
  return { median: median(values), least: Math.min(...values), most: Math.max(...values), runs: values.length };
}
