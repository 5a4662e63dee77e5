import { everyFaultStrikes, type Check } from "../../checks/mod.ts";
import {
  runStatus,
  worstStatus,
  type GeneratorHealth,
  type History,
  type RunRecord,
  type Verdict,
} from "../../core/mod.ts";
import type { Scenario } from "../../scenarios/mod.ts";
import { version } from "../version.ts";
import { reproduceCommand, type TrialPlan } from "./plan.ts";

/** What is known of a trial that is over, apart from its history. */
export interface TrialFacts {
  readonly plan: TrialPlan;
  readonly startedAtUnixMs: number;
  readonly generator: GeneratorHealth;
  readonly machine: RunRecord["machine"];
  /** The command that does it again. @defaultValue `seatrial run` with the plan's choices */
  readonly reproduce?: string;
}

/** Judges a history by what the scenario expects. */
export function verdictsOf(scenario: Scenario, history: History): Verdict[] {
  return checksOf(scenario).map((check) => check.judge(history));
}

/** What the scenario expects; and that it happened at all. */
function checksOf({ faults, expect }: Scenario): readonly Check[] {
  return faults.length === 0 ? expect : [...expect, everyFaultStrikes(faults.length)];
}

/** The record of a trial with its verdicts: what `run.json` holds. */
export function recordOf(facts: TrialFacts, history: History): RunRecord {
  const { plan, startedAtUnixMs, generator, machine, reproduce = reproduceCommand(plan) } = facts;
  const verdicts = verdictsOf(plan.scenario, history);
  return {
    format: 1,
    seatrial: version,
    scenario: plan.name,
    title: plan.scenario.title,
    world: plan.world,
    ...(plan.servers === undefined ? {} : { servers: plan.servers }),
    seed: plan.seed,
    engine: plan.engine,
    tuning: { ...plan.tuning, ...plan.scenario.variables },
    without: plan.without,
    cluster: { ...plan.scenario.cluster },
    startedAtUnixMs,
    lastedMs: Math.round(history.endedAt),
    status: runStatus(worstStatus(verdicts), generator.healthy),
    verdicts,
    generator,
    reproduce,
    machine,
  };
}
