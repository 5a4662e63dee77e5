import { basename, extname } from "node:path";
import { isDeepStrictEqual } from "node:util";

import { UsageError, type ServersKind } from "../../core/mod.ts";
import { planTrials, readPace, type TrialPlan } from "../run/plan.ts";
import { paceFactor, readTuning } from "../run/tuning.ts";
import type { Pairs, ScheduledRun } from "./schedule.ts";

/** What the user may choose about a comparison. */
export interface CompareChoices {
  readonly scenario: string;
  readonly world?: string;
  /** @defaultValue "real" */
  readonly servers?: ServersKind;
  readonly pairs: string;
  /** A/A pairs. */
  readonly aa: string;
  readonly seed: string;
  readonly pace?: string;
  /** In percent. */
  readonly margin: string;
}

/** Everything that decides a comparison, checked before anything is started. */
export interface ComparePlan {
  readonly scenario: string;
  readonly pairs: Pairs;
  readonly pace: number;
  readonly margin: number;
  readonly a: TrialPlan;
  readonly b: TrialPlan;
  readonly names: { readonly a: string; readonly b: string };
  readonly reproduce: string;
}

/**
 * Checks the choices. Scenario times are the same for both tunings: those that the first one would have, unless chosen.
 *
 * @throws UsageError for whatever does not exist or makes no sense.
 */
export function planComparison(a: string, b: string, choices: CompareChoices): ComparePlan {
  const [tuningA, tuningB] = [readTuning(a, []), readTuning(b, [])];
  if (isDeepStrictEqual(tuningA, tuningB)) {
    throw new UsageError(`${a} and ${b} say the same`, "compare two tunings that differ; A against A comes along");
  }
  const pace = choices.pace === undefined ? Number(paceFactor(tuningA).toPrecision(3)) : readPace(choices.pace);
  const plan = (tuning: string): TrialPlan => onePlan(tuning, pace, choices);
  return {
    scenario: choices.scenario,
    pairs: pairsOf(choices),
    pace,
    margin: marginOf(choices.margin),
    a: plan(a),
    b: plan(b),
    names: namesOf(a, b),
    reproduce: reproduce(a, b, pace, choices),
  };
}

/** The trial behind a run of the schedule. */
export function trialOf({ a, b }: Pick<ComparePlan, "a" | "b">, { side, seed }: ScheduledRun): TrialPlan {
  return { ...(side === "b" ? b : a), seed };
}

function onePlan(
  tuning: string,
  pace: number,
  { scenario, world = "local", servers = "real", seed }: CompareChoices,
): TrialPlan {
  const choices = { seed, tuning, set: [], without: [], pace: `${pace}`, world, servers };
  const [plan, ...others] = planTrials(scenario, choices);
  if (!plan || others.length > 0) {
    throw new UsageError(`"${scenario}" is a suite`, "a comparison runs one scenario: see `seatrial list scenarios`");
  }
  return plan;
}

const fewest = 3;
const most = 200;

function pairsOf({ pairs, aa, seed }: CompareChoices): Pairs {
  const wanted = wholeNumber(pairs, "pairs", fewest, most);
  return { pairs: wanted, again: wholeNumber(aa, "A/A pairs", 0, wanted), seed };
}

/** @throws UsageError unless it is a whole number in the range. */
function wholeNumber(text: string, what: string, from: number, to: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= from && value <= to && text.trim() !== "") return value;
  throw new UsageError(`Not a number of ${what}: "${text}"`, `${from} to ${to}`);
}

function marginOf(text: string): number {
  const percent = Number(text.replace(/ ?%$/, ""));
  if (text.trim() !== "" && percent > 0 && percent <= 100) return percent / 100;
  throw new UsageError(`Not a margin: "${text}"`, "the percentage of difference that does not matter, such as 5");
}

/** As short as the two can be told apart by. */
function namesOf(a: string, b: string): ComparePlan["names"] {
  const short = (path: string): string => basename(path, extname(path));
  return short(a) === short(b) ? { a, b } : { a: short(a), b: short(b) };
}

function reproduce(a: string, b: string, pace: number, choices: CompareChoices): string {
  const { scenario, pairs, aa, seed, margin, world = "local" } = choices;
  const words = [`npm run seatrial -- compare ${a} ${b} --scenario ${scenario}`, `--pairs ${pairs}`, `--aa ${aa}`];
  words.push(`--seed ${seed}`, `--pace ${pace}`, `--margin ${margin}`);
  if (world !== "local") words.push(`--world ${world}`);
  if (choices.servers === "embedded") words.push("--servers embedded");
  return words.join(" ");
}
