import { UsageError, type ServersKind } from "../../core/mod.ts";
import { planTrials, type TrialPlan } from "../run/plan.ts";

/** What the user may choose about a comparison of worlds. */
export interface WorldsChoices {
  readonly runs: string;
  readonly tuning: string;
  readonly set: readonly string[];
  readonly seed: string;
  /** In percent. */
  readonly margin: string;
  /** Of the local world. */
  readonly servers: ServersKind;
  /** `quiet` or `measured`. */
  readonly conditions: string;
}

/** Everything that decides a comparison of worlds, checked before anything is started. */
export interface WorldsPlan {
  /** Of the scenario or the suite. */
  readonly name: string;
  readonly choices: WorldsChoices;
  readonly runs: number;
  readonly margin: number;
  /** Each scenario, planned for both worlds alike. */
  readonly trials: readonly TrialInBoth[];
  readonly reproduce: string;
}

/** One scenario as it is tried in each world; only the seed is still to be chosen. */
export interface TrialInBoth {
  readonly sim: TrialPlan;
  readonly local: TrialPlan;
}

/** @throws UsageError for whatever does not exist or makes no sense. */
export function planWorlds(name: string, choices: WorldsChoices): WorldsPlan {
  const { tuning, set, seed, servers } = choices;
  const both = { tuning, set, seed, without: [] };
  const local = planTrials(name, { ...both, world: "local", servers });
  const sim = planTrials(name, { ...both, world: "sim" });
  return {
    name,
    choices,
    runs: runsOf(choices.runs),
    margin: marginOf(choices.margin),
    trials: local.flatMap((plan, index) => (sim[index] === undefined ? [] : [{ local: plan, sim: sim[index] }])),
    reproduce: reproduce(name, choices),
  };
}

const mostRuns = 50;

function runsOf(text: string): number {
  const runs = Number(text);
  if (text.trim() !== "" && Number.isInteger(runs) && runs >= 1 && runs <= mostRuns) return runs;
  throw new UsageError(`Not a number of runs: "${text}"`, `1 to ${mostRuns}; from 2 on, the spread is known too`);
}

function marginOf(text: string): number {
  const percent = Number(text.replace(/ ?%$/, ""));
  if (text.trim() !== "" && percent > 0 && percent <= 100) return percent / 100;
  throw new UsageError(`Not a margin: "${text}"`, "the percentage of difference that does not matter, such as 10");
}

function reproduce(name: string, { runs, tuning, set, seed, margin, servers, conditions }: WorldsChoices): string {
  const words = [`npm run seatrial -- compare-worlds ${name} --runs ${runs} --tuning ${tuning} --seed ${seed}`];
  for (const setting of set) words.push(`--set ${setting}`);
  if (margin !== defaultMargin) words.push(`--margin ${margin}`);
  if (servers === "embedded") words.push("--servers embedded");
  if (conditions !== "quiet") words.push(`--conditions ${conditions}`);
  return words.join(" ");
}

/** In percent. */
export const defaultMargin = "10";
