import { messageOf, type Verdict } from "../../core/mod.ts";
import type { TraceOptions } from "../../sim/mod.ts";
import { planOfRecipe } from "../recipe/plan-of-recipe.ts";
import type { Recipe } from "../recipe/recipe.ts";
import type { SimulatedTrial, SimulationOptions } from "../simulate/simulated-trial.ts";
import type { TrialPlan } from "../run/plan.ts";
import { coverageOf, type Coverage } from "./coverage/coverage.ts";

/** Simulates a trial: `simulateTrial`, or what a test puts in its place. */
export type Simulate = (plan: TrialPlan, options: SimulationOptions) => Promise<SimulatedTrial>;

/** How a seed ended. `broken`: the simulation itself, and so nothing is known about the plane. */
export type SeedOutcome = "passed" | "failed" | "inconclusive" | "broken";

/** What is kept of a simulated run: small, whatever the run was like, and plain data. */
export interface SeedReport {
  readonly recipe: Recipe;
  readonly outcome: SeedOutcome;
  /** What did not pass, as far as it decides the outcome. Long lists of counterexamples are cut short. */
  readonly red: readonly Verdict[];
  /** Why it is broken or inconclusive, in a sentence. */
  readonly because?: string;
  readonly traceHash: string;
  readonly kernelEvents: number;
  readonly virtualMs: number;
  /** Processor time that it took. */
  readonly cpuMs: number;
  readonly coverage: Coverage;
}

const counterexamplesKept = 3;

/** Simulates a recipe and keeps what a campaign needs. Never throws: a simulation that breaks is a report, too. */
export async function runSeed(recipe: Recipe, simulate: Simulate, signal?: AbortSignal): Promise<SeedReport> {
  const before = process.cpuUsage();
  try {
    const trial = await simulateRecipe(recipe, simulate, { last: 0 }, signal);
    return { recipe, ...endOf(trial), ...figuresOf(trial), cpuMs: cpuMsSince(before) };
  } catch (thrown) {
    return brokenReport(recipe, messageOf(thrown), cpuMsSince(before));
  }
}

/** The run that a recipe stands for. */
export function simulateRecipe(
  recipe: Recipe,
  simulate: Simulate,
  trace: TraceOptions,
  signal?: AbortSignal,
): Promise<SimulatedTrial> {
  const { conditions } = recipe;
  return simulate(planOfRecipe(recipe), { conditions, trace, ...(signal === undefined ? {} : { signal }) });
}

/** The report of a seed that never came to its end. */
export function brokenReport(recipe: Recipe, because: string, cpuMs = 0): SeedReport {
  const nothing = { red: [], traceHash: "", kernelEvents: 0, virtualMs: 0, coverage: {} };
  return { recipe, outcome: "broken", because, cpuMs, ...nothing };
}

/** How a simulated trial ended, and what speaks against it. */
function endOf(trial: SimulatedTrial): Pick<SeedReport, "outcome" | "red" | "because"> {
  if (trial.broke !== undefined) return { outcome: "broken", red: [], because: messageOf(trial.broke) };
  if (trial.status === "passed") return { outcome: "passed", red: [] };
  const isFailed = trial.status === "failed";
  const red = trial.verdicts.filter(({ status }) => status === (isFailed ? "fail" : "unknown")).map(shortened);
  if (isFailed) return { outcome: "failed", red };
  const because = red[0]?.summary ?? trial.generator.because ?? "nothing was examined";
  return { outcome: "inconclusive", red, because };
}

function shortened(verdict: Verdict): Verdict {
  return { ...verdict, counterexamples: verdict.counterexamples.slice(0, counterexamplesKept) };
}

function figuresOf(trial: SimulatedTrial): Pick<SeedReport, "traceHash" | "kernelEvents" | "virtualMs" | "coverage"> {
  const { traceHash, kernelEvents, virtualMs, history } = trial;
  return { traceHash, kernelEvents, virtualMs, coverage: coverageOf(history) };
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
