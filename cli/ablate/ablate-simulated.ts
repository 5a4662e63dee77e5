import type { Verdict } from "../../core/mod.ts";
import type { SafeguardName } from "../../reference/safeguards.ts";
import type { SimAblationRow } from "../../reports/mod.ts";
import { runAll, type Pool } from "../campaign/pool/pool.ts";
import type { SeedReport } from "../campaign/seed-report.ts";
import { proofs } from "../guarantees.ts";
import type { Recipe } from "../recipe/recipe.ts";

/** How to ablate in simulation. */
export interface SimAblateOrder {
  readonly safeguards: readonly SafeguardName[];
  readonly first: number;
  /** More seeds than this without a red check, and a safeguard counts as not caught. */
  readonly seeds: number;
  /** Whether each scenario is run with every safeguard over the same seeds. */
  readonly control: boolean;
  readonly recipeOf: (scenario: string, without: readonly SafeguardName[], seed: string) => Recipe;
}

/** What ablating takes. */
export interface SimAblateTools {
  readonly pool: Pool;
  readonly signal: AbortSignal;
  /** Real time, in ms. */
  readonly now: () => number;
  readonly step: (line: string) => void;
  /** Told after every seed. */
  readonly live: (line: string) => void;
}

/** Once a safeguard is caught, seeds are tried up to this number, to see how often it is. */
const countedSeeds = 50;

/**
 * Leaves each safeguard out in turn, and runs the scenario that must go red over seed after seed. Then the scenario
 * must be green over all the same seeds with everything in place: a red that was there already proves nothing.
 */
export async function ablateSimulated(order: SimAblateOrder, tools: SimAblateTools): Promise<SimAblationRow[]> {
  const rows: SimAblationRow[] = [];
  for (const safeguard of order.safeguards) {
    if (tools.signal.aborted) break;
    const row = await ablateOne(safeguard, order, tools);
    tools.step(`without ${safeguard}: ${row.caughtIn} of ${row.tried} seeds, by "${row.check}"`);
    rows.push(row);
  }
  return order.control ? controlled(rows, order, tools) : rows;
}

async function ablateOne(
  safeguard: SafeguardName,
  order: SimAblateOrder,
  { pool, signal, now, live }: SimAblateTools,
): Promise<SimAblationRow> {
  const { scenario, caughtBy } = proofs[safeguard];
  const startedAt = now();
  const reds: { readonly seed: number; readonly red: Verdict; readonly afterMs: number }[] = [];
  let tried = 0;
  const isEnough = (): boolean => reds.length > 0 && tried >= countedSeeds;
  const recipes = seedsOf(order.first, order.seeds, (seed) => order.recipeOf(scenario, [safeguard], seed));
  await runAll(
    pool,
    recipes,
    () => !signal.aborted && !isEnough(),
    (report) => {
      tried += 1;
      const red = redOf(report, caughtBy);
      if (red) reds.push({ seed: Number(report.recipe.seed), red, afterMs: now() - startedAt });
      live(`without ${safeguard}: caught in ${reds.length} of ${tried} seeds`);
    },
  );
  const same = { safeguard, scenario, tried, caughtIn: reds.length };
  const first = reds.toSorted((a, b) => a.seed - b.seed)[0];
  if (!first) {
    return { ...same, check: caughtBy.join(" or "), caught: false, detail: `still green after ${tried} seeds` };
  }
  const { seed: firstSeed, red } = first;
  const firstAfterMs = Math.min(...reds.map(({ afterMs }) => afterMs));
  return { ...same, check: red.check, caught: true, firstSeed, firstAfterMs, detail: detailOf(red) };
}

/** The verdicts that were foretold. */
function redOf({ outcome, red }: SeedReport, caughtBy: readonly string[]): Verdict | undefined {
  if (outcome !== "failed") return undefined;
  return red.find(({ check, status }) => status === "fail" && caughtBy.some((title) => check.startsWith(title)));
}

function detailOf({ counterexamples: [first], summary }: Verdict): string {
  return first ? `${first.subject}: ${first.because}` : summary;
}

/** Takes back what proves nothing, since its scenario is not green over the same seeds with every safeguard. */
async function controlled(
  rows: readonly SimAblationRow[],
  order: SimAblateOrder,
  tools: SimAblateTools,
): Promise<SimAblationRow[]> {
  const wrong = new Map<string, string>();
  for (const scenario of new Set(rows.map((row) => row.scenario))) {
    const seeds = Math.max(...rows.filter((row) => row.scenario === scenario).map(({ tried }) => tried));
    const because = await runControl(scenario, seeds, order, tools);
    tools.step(`${scenario} with every safeguard, ${seeds} seeds: ${because ?? "passed"}`);
    if (because !== undefined) wrong.set(scenario, because);
  }
  return rows.map((row) => {
    const because = wrong.get(row.scenario);
    const detail = `not green with every safeguard in place: ${because}`;
    return because === undefined ? row : { ...row, caught: false, detail };
  });
}

/** What was wrong with the first seed that did not pass. */
async function runControl(
  scenario: string,
  seeds: number,
  order: SimAblateOrder,
  { pool, signal }: SimAblateTools,
): Promise<string | undefined> {
  const wrong: SeedReport[] = [];
  const recipes = seedsOf(order.first, seeds, (seed) => order.recipeOf(scenario, [], seed));
  await runAll(
    pool,
    recipes,
    () => !signal.aborted && wrong.length === 0,
    (report) => {
      if (report.outcome !== "passed") wrong.push(report);
    },
  );
  const first = wrong.toSorted((a, b) => Number(a.recipe.seed) - Number(b.recipe.seed))[0];
  return first && `seed ${first.recipe.seed} ${first.outcome}: ${first.red[0]?.summary ?? first.because}`;
}

function* seedsOf(first: number, count: number, recipeOf: (seed: string) => Recipe): Generator<Recipe> {
  for (let index = 0; index < count; index++) yield recipeOf(`${first + index}`);
}
