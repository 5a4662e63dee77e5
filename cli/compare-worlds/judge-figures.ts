import { seededRandom } from "../../core/mod.ts";
import { gaps, type ComparedWorld, type FigureDefinition, type Spread, type WorldRow } from "../../reports/mod.ts";
import {
  countOffset,
  largest,
  logRatios,
  meanInterval,
  median,
  pairsNeeded,
  type Interval,
  type Pair,
} from "../../statistics/mod.ts";
import { percentText } from "../../reports/mod.ts";
import type { WorldRun } from "./world-run.ts";

/** One row for each figure that the runs know of, in the order of their own lists. */
export function judgeFigures(runs: readonly WorldRun[], margin: number): WorldRow[] {
  const used = runs.filter(({ excluded }) => excluded === undefined);
  const definitions = new Map(used.flatMap(({ figures }) => figures.map((each) => [each.id, each] as const)));
  return [...definitions.values()].map(({ value: _value, because: _because, ...definition }) =>
    judgeFigure(definition, used, margin),
  );
}

function judgeFigure(definition: FigureDefinition, used: readonly WorldRun[], margin: number): WorldRow {
  const [sim, local] = [spreadOf(used, definition.id, "sim"), spreadOf(used, definition.id, "local")];
  const pairs = pairsOf(used, definition.id);
  const row = { ...definition, sim, local, pairs: pairs.length };
  if (sim === undefined || local === undefined) return { ...row, ...untold(sim, local, used, definition.id) };
  const error = local.median === 0 ? {} : { error: sim.median / local.median - 1 };
  return { ...row, ...error, ...judgePairs(definition, pairs, { sim, local, margin }) };
}

type Judgement = Pick<WorldRow, "interval" | "verdict" | "needed" | "because">;

/** What nobody examined is unknown, and what only one world has is no agreement. */
function untold(sim: Spread | undefined, local: Spread | undefined, used: readonly WorldRun[], id: string): Judgement {
  const why = (world: ComparedWorld): string =>
    used.flatMap((run) => (run.world === world ? (figureOf(run, id)?.because ?? []) : []))[0] ?? "no run of it counts";
  if (sim !== undefined) return { verdict: "one world", because: `only in sim: in local, ${why("local")}` };
  if (local !== undefined) return { verdict: "one world", because: `only in local: in sim, ${why("sim")}` };
  return { verdict: "unknown", because: why("local") };
}

interface Evidence {
  readonly sim: Spread;
  readonly local: Spread;
  readonly margin: number;
}

function judgePairs(definition: FigureDefinition, pairs: readonly Pair[], evidence: Evidence): Judgement {
  const { sim, local } = evidence;
  if (pairs.length === 0) return { verdict: "unclear", because: "no two runs with the same seed can tell" };
  if (sim.most === 0 && local.most === 0) return { verdict: "agree", because: "none in either" };
  const offset = definition.unit === "count" ? countOffset : 0;
  if (offset === 0 && pairs.some(({ a, b }) => a <= 0 || b <= 0)) return withoutRatio(definition, evidence);
  const values = logRatios(pairs, offset);
  const interval = meanInterval(values, { random: seededRandom(`worlds/${definition.id}`) });
  return { interval, ...judgeInterval(definition, interval, values, evidence) };
}

/** Zero in one world and not in the other: sure when it is so in every run. */
function withoutRatio(definition: FigureDefinition, { sim, local }: Evidence): Judgement {
  if (sim.most > 0 && local.most > 0) return { verdict: "unclear", because: "zero in some runs" };
  return differing(definition, sim.most === 0 ? "lower" : "higher");
}

function judgeInterval(
  definition: FigureDefinition,
  interval: Interval,
  values: readonly number[],
  evidence: Evidence,
): Omit<Judgement, "interval"> {
  const { estimate, lower, upper } = interval;
  const within = Math.expm1(largest(interval));
  if (within <= evidence.margin) return { verdict: "agree", because: `within ${percentText(within)}` };
  const isSure = lower > 0 || upper < 0;
  if (isSure && Math.abs(Math.expm1(estimate)) > evidence.margin) {
    return differing(definition, estimate < 0 ? "lower" : "higher");
  }
  const needed = values.length < 2 ? undefined : pairsNeeded({ values, margin: Math.log1p(evidence.margin) });
  const because = values.length < 2 ? "one run of each tells nothing about the spread" : whyUnclear(evidence);
  return { verdict: "unclear", ...(needed === undefined ? {} : { needed }), because };
}

/** Either the worlds lie within each other's spread, or there are too few runs to be sure that they do not. */
function whyUnclear({ sim, local }: Evidence): string {
  const isApart = sim.most < local.least || local.most < sim.least;
  return isApart ? "too few runs to be sure" : "runs of one world are as far apart";
}

/** A difference is expected only in the direction that a known gap pushes it. */
function differing({ gap, hint }: FigureDefinition, sim: "lower" | "higher"): Omit<Judgement, "interval"> {
  const known = gap === undefined ? undefined : gaps[gap];
  if (known?.makesSim === sim) return { verdict: "expected", because: `differ, as expected: ${known.why}` };
  const perhaps = hint === undefined ? "nothing known explains it" : `perhaps because ${hint}`;
  return { verdict: "differ", because: `sim is ${sim}: ${perhaps}` };
}

/** `a` is local, what really happened; `b` is sim. */
function pairsOf(used: readonly WorldRun[], id: string): Pair[] {
  const simulated = new Map(used.filter(isOf("sim")).map((run) => [run.number, figureOf(run, id)?.value]));
  return used.filter(isOf("local")).flatMap((run) => {
    const [a, b] = [figureOf(run, id)?.value, simulated.get(run.number)];
    return a === undefined || b === undefined ? [] : [{ a, b }];
  });
}

function spreadOf(used: readonly WorldRun[], id: string, world: ComparedWorld): Spread | undefined {
  const values = used.filter(isOf(world)).flatMap((run) => figureOf(run, id)?.value ?? []);
  if (values.length === 0) return undefined;
  return { median: median(values), least: Math.min(...values), most: Math.max(...values), runs: values.length };
}

function isOf(world: ComparedWorld): (run: WorldRun) => boolean {
  return (run) => run.world === world;
}

function figureOf({ figures }: WorldRun, id: string): WorldRun["figures"][number] | undefined {
  return figures.find((figure) => figure.id === id);
}
