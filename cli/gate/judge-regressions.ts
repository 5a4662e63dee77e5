import { seededRandom } from "../../core/mod.ts";
import { cellText, intervalText, percentText, ratioText } from "../../reports/mod.ts";
import { meanInterval, median, noiseFloor, noiseOf, type Interval, type Pair } from "../../statistics/mod.ts";
import { fewestPairsCompared, hasRatio, pairLogRatios, pairsOf } from "../compare/compare-measures.ts";
import type { MeasuredRun } from "../compare/measured-run.ts";
import type { Finding } from "./finding.ts";
import { whyMissing } from "./judge-budgets.ts";
import type { RegressionRule } from "./policy.ts";

/**
 * Whether the candidate (side b) is worse than the baseline (side a) by more than the rule tolerates. It is only when
 * all of this holds: the whole interval of the log-ratio is beyond the tolerance, the effect is as large as the rule
 * asks for, and noise alone would not make it.
 *
 * @param noise - log-ratios of the baseline's A/A pairs; empty when they are not this machine's
 */
export function judgeRegression(rule: RegressionRule, runs: readonly MeasuredRun[], noise: readonly number[]): Finding {
  const { measure, tolerance } = rule;
  const name = `${measure.title} is worse than the baseline's by ${percentText(tolerance)} at most`;
  const pairs = pairsOf(runs, measure.id, "b");
  if (pairs.length < fewestPairsCompared)
    return { name, status: "inconclusive", summary: whyMissing(measure.id, runs) };
  if (!pairs.every(hasRatio(measure))) return { name, status: "inconclusive", summary: "Zero has no ratio." };
  const effect = effectOf(rule, pairs, noise);
  const status = isRegression(rule, effect) ? "failed" : "passed";
  const blind = status === "passed" ? blindnessOf(rule, effect) : {};
  return { name, status, summary: summaryOf(rule, effect, pairs, status), ...blind };
}

/** A change as large as the tolerance drowns in what equal runs differ by, or in what these pairs differ by. */
function blindnessOf({ measure, tolerance }: RegressionRule, { interval, floor }: Effect): Pick<Finding, "blind"> {
  const noise = Math.max(floor, (interval.upper - interval.lower) / 2);
  return noise > Math.log1p(tolerance) ? { blind: { measure: measure.title, noise } } : {};
}

interface Effect {
  /** Log-ratio of candidate to baseline. */
  readonly interval: Interval;
  /** The same, turned so that more is worse. */
  readonly worse: Interval;
  readonly floor: number;
  /** In the measure's unit; more is worse. */
  readonly amount: number;
}

function effectOf({ measure }: RegressionRule, pairs: readonly Pair[], noise: readonly number[]): Effect {
  const interval = meanInterval(pairLogRatios(pairs, measure), { random: seededRandom(`gate/${measure.id}`) });
  const sign = measure.better === "lower" ? 1 : -1;
  const known = noiseOf(noise);
  return {
    interval,
    worse: sign === 1 ? interval : turned(interval),
    floor: known === undefined ? 0 : noiseFloor(known, pairs.length),
    amount: sign * (median(pairs.map(({ b }) => b)) - median(pairs.map(({ a }) => a))),
  };
}

function turned({ estimate, lower, upper }: Interval): Interval {
  return { estimate: -estimate, lower: -upper, upper: -lower };
}

function isRegression({ tolerance, minEffect }: RegressionRule, { worse, floor, amount }: Effect): boolean {
  const isLarge = "share" in minEffect ? Math.expm1(worse.estimate) >= minEffect.share : amount >= minEffect.amount;
  return worse.lower > Math.log1p(tolerance) && worse.estimate > floor && isLarge;
}

function summaryOf(
  { measure, tolerance }: RegressionRule,
  { interval, worse, floor }: Effect,
  pairs: readonly Pair[],
  status: Finding["status"],
): string {
  const text = (values: number[]): string => cellText({ value: median(values), unit: measure.unit });
  const medians = `${text(pairs.map(({ a }) => a))} with the baseline, ${text(pairs.map(({ b }) => b))} with the candidate`;
  const ratio = `${ratioText(interval.estimate)} (95 %: ${intervalText({ interval })})`;
  const noise = floor > 0 ? `, noise ±${percentText(Math.expm1(floor))}` : "";
  const open = status === "passed" && worse.upper > Math.log1p(tolerance);
  const doubt = open ? ` None is shown, though more than ${percentText(tolerance)} cannot be ruled out.` : "";
  return `${medians}: ${ratio} in ${pairs.length} pairs${noise}.${doubt}`;
}
