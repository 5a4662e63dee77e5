import { indexHistory, runStatus, worstStatus, type HistoryEvent, type Verdict } from "../../core/mod.ts";
import { sampleRecord, sampleVerdict } from "../../reports/sample-record.test-support.ts";
import { Trace } from "../../sim/kernel/trace.ts";
import { quietConditions } from "../../worlds/sim/conditions.ts";
import { baseRecipes } from "./choices.ts";
import type { Recipe } from "../recipe/recipe.ts";
import type { TrialPlan } from "../run/plan.ts";
import type { SimulatedTrial, SimulationOptions } from "../simulate/simulated-trial.ts";
import type { Simulate } from "./seed-report.ts";

/** How a simulation that never happened went: the titles of the checks that failed, or what broke it. */
export type Behaviour = (
  plan: TrialPlan,
  options: SimulationOptions,
) => { readonly failed?: readonly string[]; readonly unknown?: readonly string[]; readonly broke?: Error };

/** A simulation that makes up what happens from its plan alone, and counts how often it was asked. */
export function fakeSimulation(behave: Behaviour): Simulate & { runs: TrialPlan[] } {
  const runs: TrialPlan[] = [];
  const simulate: Simulate = (plan, options) => {
    runs.push(plan);
    return Promise.resolve(made(plan, options, behave(plan, options)));
  };
  return Object.assign(simulate, { runs });
}

function made(
  plan: TrialPlan,
  options: SimulationOptions,
  { failed = [], unknown = [], broke }: ReturnType<Behaviour>,
) {
  const events = eventsOf(plan);
  const trace = new Trace(options.trace);
  for (const { at, who, kind } of events) trace.note(at, who, kind, plan.seed);
  const verdicts = [
    sampleVerdict({ check: "all is well" }),
    ...failed.map((check) => verdict(check, "fail")),
    ...unknown.map((check) => verdict(check, "unknown")),
  ];
  const trial: SimulatedTrial = {
    ...{ plan, events, verdicts },
    conditions: options.conditions ?? quietConditions,
    history: indexHistory(events),
    status: runStatus(worstStatus(verdicts), true),
    generator: sampleRecord().generator,
    traceHash: trace.hash(),
    trace: trace.entries(),
    kernelEvents: trace.steps,
    virtualMs: 60_000,
    ...(broke === undefined ? {} : { broke }),
  };
  return trial;
}

function verdict(check: string, status: Verdict["status"]): Verdict {
  return sampleVerdict({ check, status, violations: 1, summary: `${check}: ${status}.` });
}

/** Faults strike at their hours, each operation takes effect, and nothing else happens. */
function eventsOf({ scenario }: TrialPlan): HistoryEvent[] {
  const faults = scenario.faults.flatMap(({ fault, atMs, healAfterMs = 1_000 }, index): HistoryEvent[] => {
    const same = {
      kind: "fault" as const,
      fault: `${index + 1} ${fault.action}`,
      action: fault.action,
      who: "harness",
    };
    const targets = [fault.selector.replace(/\..*$/, "-1")];
    return [
      { ...same, phase: "begin", targets, at: atMs },
      { ...same, phase: "strike", targets, at: atMs },
      { ...same, phase: "heal", targets, at: atMs + healAfterMs },
    ];
  });
  const effects = scenario.load.flatMap(({ name, arrivals }): HistoryEvent[] => {
    const count = arrivals.shape === "burst" ? arrivals.countEach : arrivals.count;
    return Array.from({ length: count }, (_, index): HistoryEvent => {
      const job = `${name}-${index}`;
      return { kind: "effect", job, epoch: 1, worker: "worker-1", decision: "accepted", at: index * 100, who: "sink" };
    });
  });
  return [...faults, ...effects].toSorted((a, b) => a.at - b.at);
}

/** The recipe of a scenario, with the load that campaigns usually give it. */
export function recipeFor(scenario: string, seed = "1", without: readonly string[] = [], tuning = "default"): Recipe {
  const [recipe] = baseRecipes(scenario, { tuning, set: [], without });
  return { ...recipe!, seed };
}
