import type { ServersKind } from "../../core/mod.ts";
import { planTrials, type TrialPlan } from "../run/plan.ts";
import { paceFactor, readTuning, type Tuning } from "../run/tuning.ts";
import type { ScheduledRun } from "../compare/schedule.ts";
import { readBaseline, type Baseline } from "./baseline.ts";
import { assertCovered } from "./baseline-coverage.ts";
import { readPolicy, type Policy } from "./policy.ts";

/** What the user may choose about a gate. */
export interface GateChoices {
  readonly policy: string;
  readonly baseline: string;
  /** Overrides of the policy's mode. */
  readonly advisory?: boolean;
  readonly strict?: boolean;
  readonly tuning?: string;
  readonly set: readonly string[];
  readonly world?: string;
  /** @defaultValue "real" */
  readonly servers?: ServersKind;
  readonly seed: string;
  /** A checkout of the baseline's code. */
  readonly baselineTree?: string;
}

/** What the candidate is, and what is run. */
export interface CandidatePlan {
  readonly choices: GateChoices;
  readonly policy: Policy;
  readonly mode: Policy["mode"];
  readonly tuning: Tuning;
  /** Times of the scenarios: the same for candidate and baseline. */
  readonly pace: number;
  readonly trials: ReadonlyMap<string, TrialPlan>;
}

/** Everything that decides a gate, checked before anything is started. */
export interface GatePlan extends CandidatePlan {
  readonly baseline: Baseline;
  readonly baselineTrials: ReadonlyMap<string, TrialPlan>;
}

/** @throws UsageError for a mistake in the policy or the command. */
export function planCandidate(choices: GateChoices): CandidatePlan {
  const policy = readPolicy(choices.policy);
  const name = choices.tuning ?? policy.tuning;
  const tuning = readTuning(name, choices.set);
  const pace = paceFactor(readTuning(policy.tuning, []));
  const mode = choices.strict ? "strict" : choices.advisory ? "advisory" : policy.mode;
  return { choices, policy, mode, tuning, pace, trials: trialsOf(policy, name, choices.set, { pace, choices }) };
}

/**
 * The candidate beside the baseline. The baseline's settings come from its file, not from the policy.
 *
 * @throws UsageError as {@link planCandidate}; what {@link readBaseline} throws.
 */
export function planGate(choices: GateChoices): GatePlan {
  const candidate = planCandidate(choices);
  const baseline = readBaseline(choices.baseline);
  assertCovered(baseline, candidate.policy, choices.baseline);
  const settings = Object.entries(baseline.tuning).map(([name, value]) => `${name}=${value}`);
  const baselineTrials = trialsOf(candidate.policy, "default", settings, candidate);
  return { ...candidate, baseline, baselineTrials };
}

function trialsOf(
  { scenarios }: Policy,
  tuning: string,
  set: readonly string[],
  { pace, choices: { world = "local", servers = "real", seed } }: Pick<CandidatePlan, "pace" | "choices">,
): ReadonlyMap<string, TrialPlan> {
  const choices = { seed, tuning, set, without: [], pace: `${pace}`, world, servers };
  return new Map(scenarios.flatMap((name) => planTrials(name, choices)).map((plan) => [plan.name, plan]));
}

/** The trial behind a run of the schedule. */
export function gateTrial(
  { trials, baselineTrials }: Pick<GatePlan, "trials" | "baselineTrials">,
  scenario: string,
  { side, seed }: ScheduledRun,
): TrialPlan {
  const plan = (side === "b" ? trials : baselineTrials).get(scenario);
  if (!plan) throw new Error(`no trial of ${scenario} was planned`);
  return { ...plan, seed };
}
