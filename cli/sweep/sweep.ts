import { UsageError } from "../../core/mod.ts";
import type { PortCall } from "../../worlds/sim/mod.ts";
import { runAll, type Pool } from "../campaign/pool/pool.ts";
import { brokenReport, type SeedReport, type Simulate } from "../campaign/seed-report.ts";
import { countOf, roles } from "../campaign/swarm/roles.ts";
import { planOfRecipe } from "../recipe/plan-of-recipe.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { callsDuringWork, crashPointsOf, type CountedCall, type CrashPoint } from "./crash-points.ts";
import { undisturbed, withCrashAt } from "./solo-recipe.ts";

/** What a sweep is to do. */
export interface SweepOrder {
  /** With a single job or run, and no fault. */
  readonly recipe: Recipe;
  /** Only calls of this replica, or of replicas of this role. */
  readonly replica?: string;
  /** Only the first so many calls. */
  readonly limit?: number;
}

/** What a sweep takes. */
export interface SweepTools {
  readonly pool: Pool;
  readonly simulate: Simulate;
  readonly signal: AbortSignal;
  readonly onPoint: (tried: number, all: number, failed: number) => void;
}

/** A point, and what came of dying there. */
export interface SweptPoint {
  readonly point: CrashPoint;
  readonly report: SeedReport;
}

/** What a sweep came to. */
export interface Swept {
  /** The run without any crash; the sweep goes no further when it does not pass. */
  readonly control: SeedReport;
  /** Every call that was made. */
  readonly calls: readonly CountedCall[];
  /** Those that were swept. */
  readonly swept: readonly CountedCall[];
  /** In order of the calls. */
  readonly points: readonly SweptPoint[];
}

/**
 * Listens to every call that the replicas make during the work, and then lets them die before and after each.
 *
 * @throws UsageError when there is no such replica.
 */
export async function sweep(order: SweepOrder, tools: SweepTools): Promise<Swept> {
  const { recipe, limit = Infinity } = order;
  assertReplica(order);
  const control = (await tools.pool.run(recipe)) ?? brokenReport(recipe, "interrupted");
  const calls = await listen(recipe, tools);
  const swept = calls.filter((call) => isWanted(call, order.replica)).slice(0, limit);
  if (control.outcome !== "passed") return { control, calls, swept, points: [] };
  return { control, calls, swept, points: await tryAll(crashPointsOf(swept), recipe, tools) };
}

/** @throws UsageError naming the replicas, when the cluster has none that is called so. */
export function assertReplica({ recipe, replica }: SweepOrder): void {
  const ids = roles.flatMap((role) =>
    Array.from({ length: countOf(recipe.cluster, role) }, (_, index) => `${role}-${index + 1}`),
  );
  if (ids.some((id) => isWanted({ replica: id }, replica))) return;
  throw new UsageError(`${recipe.scenario} has no replica "${replica}"`, `it has ${ids.join(", ")}`);
}

async function listen(recipe: Recipe, { simulate, signal }: SweepTools): Promise<CountedCall[]> {
  const heard: PortCall[] = [];
  const { conditions } = recipe;
  const onCall = (call: PortCall): void => void heard.push(call);
  const plan = planOfRecipe(undisturbed(recipe, "gateway-1"));
  const { history } = await simulate(plan, { conditions, trace: { last: 0 }, signal, onCall });
  return callsDuringWork(heard, history);
}

function isWanted({ replica }: Pick<CountedCall, "replica">, wanted: string | undefined): boolean {
  return wanted === undefined || replica === wanted || replica.startsWith(`${wanted}-`);
}

async function tryAll(points: readonly CrashPoint[], recipe: Recipe, tools: SweepTools): Promise<SweptPoint[]> {
  const { pool, signal, onPoint } = tools;
  const recipes = points.map((point) => withCrashAt(recipe, point));
  const reports = new Map<string, SeedReport>();
  let failed = 0;
  const tell = (report: SeedReport): void => {
    reports.set(keyOf(report.recipe), report);
    failed += report.outcome === "passed" ? 0 : 1;
    onPoint(reports.size, points.length, failed);
  };
  await runAll(pool, recipes.values(), () => !signal.aborted, tell);
  return points.flatMap((point, index) => {
    const report = reports.get(keyOf(recipes[index]!));
    return report ? [{ point, report }] : [];
  });
}

/** Reports come back from other processes: their recipes are copies. */
function keyOf({ faults }: Recipe): string {
  return JSON.stringify(faults);
}
