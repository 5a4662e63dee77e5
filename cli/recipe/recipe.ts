import type { FaultData, PlannedFault } from "../../chaos/mod.ts";
import { UsageError, type Cluster } from "../../core/mod.ts";
import type { Arrivals } from "../../loadgen/mod.ts";
import type { SafeguardName } from "../../reference/safeguards.ts";
import type { Scenario } from "../../scenarios/mod.ts";
import { quietConditions, type SimConditions } from "../../worlds/sim/conditions.ts";
import type { TrialPlan } from "../run/plan.ts";
import { paceFactor, type Tuning } from "../run/tuning.ts";
import { thinLoads } from "./thin-load.ts";

/**
 * Everything that decides a simulated run, as plain data: it can be sent to another process, kept in a file, and made
 * smaller piece by piece. The same recipe gives the same run.
 */
export interface Recipe {
  readonly scenario: string;
  readonly seed: string;
  /** As the user named it. */
  readonly tuningName: string;
  readonly tuning: Tuning;
  readonly settings: readonly string[];
  readonly without: readonly SafeguardName[];
  /** Times of the scenario, as a multiple of the documented ones. */
  readonly pace: number;
  readonly cluster: Cluster;
  readonly conditions: SimConditions;
  /** By what factor the scenario's loads were scaled down, for people to read: {@link loads} is what counts. */
  readonly loadFactor: number;
  /** When operations are due, by the load's name. A load that is missing here is left out. */
  readonly loads: Readonly<Record<string, Arrivals>>;
  readonly faults: readonly PlannedFaultData[];
  /** Judged as the points of a sweep are: by the guarantees, and with more patience. @defaultValue false */
  readonly swept?: boolean;
}

/** A fault and its hour, as data. */
export interface PlannedFaultData {
  readonly fault: FaultData;
  readonly atMs: number;
  readonly healAfterMs?: number;
}

/** What a recipe adds to a plan. */
export interface RecipeOptions {
  /** @defaultValue quiet */
  readonly conditions?: SimConditions;
  /** @defaultValue 1, as the scenario has it */
  readonly loadFactor?: number;
}

/**
 * The recipe of a planned trial.
 *
 * @throws UsageError when one of its faults cannot be written down.
 */
export function recipeOf(
  plan: TrialPlan,
  { conditions = quietConditions, loadFactor = 1 }: RecipeOptions = {},
): Recipe {
  const { name: scenario, seed, tuningName, tuning, settings, without } = plan;
  const loads = thinLoads(plan.scenario, loadFactor).map(({ name, arrivals }) => [name, arrivals] as const);
  return {
    ...{ scenario, seed, tuningName, tuning, settings, without },
    pace: plan.pace ?? paceFactor(tuning),
    cluster: plan.scenario.cluster,
    conditions,
    loadFactor,
    loads: Object.fromEntries(loads),
    faults: plan.scenario.faults.map((planned) => dataOf(planned, scenario)),
  };
}

function dataOf({ fault, ...times }: PlannedFault, scenario: string): PlannedFaultData {
  if (fault.data) return { fault: fault.data, ...times };
  throw new UsageError(
    `${scenario} has a fault that cannot be written down: ${fault.action} ${fault.selector}`,
    "make it with one of the faults that `seatrial list faults` shows",
  );
}

/** The scenario's loads as a recipe has them. */
export function loadsOf({ loads }: Pick<Recipe, "loads">, { load }: Scenario): Scenario["load"] {
  return load.flatMap((each) => {
    const arrivals = loads[each.name];
    return arrivals === undefined ? [] : [{ ...each, arrivals }];
  });
}

/** How many operations a recipe sends. */
export function operationsIn({ loads }: Pick<Recipe, "loads">): number {
  return Object.values(loads).reduce((sum, arrivals) => sum + countOf(arrivals), 0);
}

/** How many operations there are in a shape. */
function countOf(arrivals: Arrivals): number {
  return arrivals.shape === "burst" ? arrivals.countEach * arrivals.offsetsMs.length : arrivals.count;
}
