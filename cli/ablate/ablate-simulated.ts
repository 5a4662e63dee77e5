import { exitCodes, type ExitCode, type Verdict } from "../../core/mod.ts";
import type { SafeguardName } from "../../reference/safeguards.ts";
import type { SimAblationRow } from "../../reports/mod.ts";
import { runAll, type Pool } from "../campaign/pool/pool.ts";
import type { SeedOutcome, SeedReport } from "../campaign/seed-report.ts";
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
  /** The command that does the run which gave a safeguard away again. */
  readonly commandOf: (scenario: string, without: SafeguardName, seed: number) => string;
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
    tools.step(`without ${safeguard}: ${row.caught ? caughtIn(row) : row.detail}`);
    rows.push(row);
  }
  return order.control ? controlled(rows, order, tools) : rows;
}

/** Every safeguard must be caught; where no seed came to a verdict, nothing was examined. */
export function ablationExitCode(order: SimAblateOrder, rows: readonly SimAblationRow[]): ExitCode {
  const isWhole = rows.length > 0 && rows.length === order.safeguards.length;
  if (isWhole && rows.every(({ caught }) => caught)) return exitCodes.passed;
  const isExamined = ({ counts }: SimAblationRow): boolean => (counts?.passed ?? 0) + (counts?.failed ?? 0) > 0;
  return isWhole && rows.every(isExamined) ? exitCodes.failed : exitCodes.inconclusive;
}

async function ablateOne(
  safeguard: SafeguardName,
  order: SimAblateOrder,
  { pool, signal, now, live }: SimAblateTools,
): Promise<SimAblationRow> {
  const { scenario, caughtBy } = proofs[safeguard];
  const startedAt = now();
  const catches: Catch[] = [];
  const outcomes: SeedOutcome[] = [];
  const isEnough = (): boolean => catches.length > 0 && outcomes.length >= countedSeeds;
  const recipes = seedsOf(order.first, order.seeds, (seed) => order.recipeOf(scenario, [safeguard], seed));
  const tell = (report: SeedReport): void => {
    outcomes.push(report.outcome);
    const red = redOf(report, caughtBy);
    if (red) catches.push({ seed: Number(report.recipe.seed), red, afterMs: now() - startedAt });
    live(`without ${safeguard}: caught in ${catches.length} of ${outcomes.length} seeds`);
  };
  await runAll(pool, recipes, () => !signal.aborted && !isEnough(), tell);
  const counts = countsOf(outcomes);
  const same = { safeguard, scenario, tried: outcomes.length, caughtIn: catches.length, counts };
  const first = catches.toSorted((a, b) => a.seed - b.seed)[0];
  if (!first) return { ...same, check: caughtBy.join(" or "), caught: false, detail: missedBecause(counts) };
  const { seed: firstSeed, red, afterMs: firstAfterMs } = first;
  const reproduce = order.commandOf(scenario, safeguard, firstSeed);
  return { ...same, check: red.check, caught: true, firstSeed, firstAfterMs, reproduce, detail: detailOf(red) };
}

function caughtIn({ caughtIn: seeds, tried, check }: SimAblationRow): string {
  return `caught in ${seeds} of ${tried} seeds, by "${check}"`;
}

/** A seed that gave the missing safeguard away, and how long that took. */
interface Catch {
  readonly seed: number;
  readonly red: Verdict;
  readonly afterMs: number;
}

type Counts = Readonly<Record<SeedOutcome, number>>;

function countsOf(outcomes: readonly SeedOutcome[]): Counts {
  const count = (wanted: SeedOutcome): number => outcomes.filter((outcome) => outcome === wanted).length;
  return {
    passed: count("passed"),
    failed: count("failed"),
    broken: count("broken"),
    inconclusive: count("inconclusive"),
  };
}

/** Only what passed is green: a check that nobody foretold says nothing, and neither does a run without a verdict. */
function missedBecause({ passed, failed, broken, inconclusive }: Counts): string {
  const seeds = passed + failed + broken + inconclusive;
  if (seeds === 0) return "no seed was run to its end";
  if (passed === seeds) return `still green after ${seeds} ${seeds === 1 ? "seed" : "seeds"}`;
  const others = [
    [failed, "failed by another check"],
    [broken, "broken"],
    [inconclusive, "inconclusive"],
  ] as const;
  const rest = others.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  return `not caught: ${[`${passed} passed`, ...rest].join(", ")}`;
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
  const examined = rows.filter((row) => row.tried > 0);
  for (const scenario of new Set(examined.map((row) => row.scenario))) {
    const seeds = Math.max(...rows.filter((row) => row.scenario === scenario).map(({ tried }) => tried));
    const because = await runControl(scenario, seeds, order, tools);
    tools.step(`${scenario} with every safeguard, ${seeds} seeds: ${because ?? "passed"}`);
    if (because !== undefined) wrong.set(scenario, because);
  }
  return rows.map((row) => {
    const because = wrong.get(row.scenario);
    if (because === undefined) return row;
    const { reproduce: _, ...kept } = row;
    const wasCaught = row.caught ? "" : `${row.detail}; `;
    return { ...kept, caught: false, detail: `${wasCaught}not green with every safeguard in place: ${because}` };
  });
}

/** What was wrong with the first seed that did not pass, or with the control itself. */
async function runControl(
  scenario: string,
  seeds: number,
  order: SimAblateOrder,
  { pool, signal }: SimAblateTools,
): Promise<string | undefined> {
  const wrong: SeedReport[] = [];
  let told = 0;
  const recipes = seedsOf(order.first, seeds, (seed) => order.recipeOf(scenario, [], seed));
  const tell = (report: SeedReport): void => {
    told += 1;
    if (report.outcome !== "passed") wrong.push(report);
  };
  await runAll(pool, recipes, () => !signal.aborted && wrong.length === 0, tell);
  const first = wrong.toSorted((a, b) => Number(a.recipe.seed) - Number(b.recipe.seed))[0];
  if (first) return `seed ${first.recipe.seed} ${first.outcome}: ${first.red[0]?.summary ?? first.because}`;
  return told < seeds ? `the control was not run to its end: ${told} of ${seeds} seeds` : undefined;
}

function* seedsOf(first: number, count: number, recipeOf: (seed: string) => Recipe): Generator<Recipe> {
  for (let index = 0; index < count; index++) yield recipeOf(`${first + index}`);
}
