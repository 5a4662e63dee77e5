import type { ServersKind, Verdict } from "../../core/mod.ts";
import type { SafeguardName } from "../../reference/safeguards.ts";
import { proofs } from "../guarantees.ts";
import type { Progress } from "../progress.ts";
import type { TrialOutcome } from "../run/outcome.ts";
import { planTrials } from "../run/plan.ts";
import { runTrial } from "../run/trial.ts";

/** What became of a plane without one of its safeguards. */
export interface Ablation {
  readonly safeguard: string;
  readonly scenario: string;
  /** The check that went red, or those that should have. */
  readonly check: string;
  readonly attempts: number;
  readonly caught: boolean;
  /** The first counterexample. */
  readonly detail: string;
  /** What the servers of its runs were. @defaultValue "real" */
  readonly servers?: ServersKind;
}

/** How to ablate. */
export interface AblateContext {
  readonly attempts: number;
  /** Whether each scenario is run with every safeguard first. */
  readonly control: boolean;
  readonly tuning: string;
  /** @defaultValue "real" */
  readonly servers?: ServersKind;
  readonly seed: string;
  readonly out: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/**
 * Leaves each safeguard out in turn, and runs the scenario that must go red, until it does or the attempts are used
 * up. Before that, the scenario must be green with everything in place: a red that was there already proves nothing.
 */
export async function ablate(chosen: readonly SafeguardName[], context: AblateContext): Promise<Ablation[]> {
  const controls = await runControls(new Set(chosen.map((safeguard) => proofs[safeguard].scenario)), context);
  const rows: Ablation[] = [];
  for (const safeguard of chosen) {
    const control = controls.get(proofs[safeguard].scenario);
    const row = control === undefined ? await ablateOne(safeguard, context) : uncontrolled(safeguard, control);
    context.progress.step(`without ${safeguard}: ${row.caught ? `caught by "${row.check}"` : "NOT caught"}`);
    rows.push(context.servers === undefined ? row : { ...row, servers: context.servers });
  }
  return rows;
}

/** What was wrong with each scenario that is not green with every safeguard in place. */
async function runControls(scenarios: ReadonlySet<string>, context: AblateContext): Promise<Map<string, string>> {
  const failed = new Map<string, string>();
  if (!context.control) return failed;
  for (const scenario of scenarios) {
    const { record } = await runOne(scenario, context.seed, [], context);
    context.progress.step(`with every safeguard: ${record.status}`);
    if (record.status === "passed") continue;
    const red = record.verdicts.find((verdict) => verdict.status !== "pass");
    failed.set(scenario, red?.summary ?? record.generator.because ?? record.status);
  }
  return failed;
}

function uncontrolled(safeguard: SafeguardName, because: string): Ablation {
  const { scenario, caughtBy } = proofs[safeguard];
  const detail = `not green with every safeguard in place: ${because}`;
  return { safeguard, scenario, check: caughtBy.join(" or "), attempts: 0, caught: false, detail };
}

async function ablateOne(safeguard: SafeguardName, context: AblateContext): Promise<Ablation> {
  const { scenario, caughtBy } = proofs[safeguard];
  for (let attempt = 1; attempt <= context.attempts; attempt++) {
    const red = await redVerdict(safeguard, `${context.seed}-${attempt}`, context);
    if (!red) continue;
    const detail = red.counterexamples[0];
    return {
      safeguard,
      scenario,
      check: red.check,
      attempts: attempt,
      caught: true,
      detail: detail ? `${detail.subject}: ${detail.because}` : red.summary,
    };
  }
  const detail = `still green after ${context.attempts} attempts`;
  return { safeguard, scenario, check: caughtBy.join(" or "), attempts: context.attempts, caught: false, detail };
}

/** The failed verdict of one run without the safeguard, if it is one of those that were foretold. */
async function redVerdict(
  safeguard: SafeguardName,
  seed: string,
  context: AblateContext,
): Promise<Verdict | undefined> {
  const { scenario, caughtBy } = proofs[safeguard];
  const { record } = await runOne(scenario, seed, [safeguard], context);
  return record.verdicts.find(
    (verdict) => verdict.status === "fail" && caughtBy.some((title) => verdict.check.startsWith(title)),
  );
}

function runOne(
  scenario: string,
  seed: string,
  without: readonly SafeguardName[],
  context: AblateContext,
): Promise<TrialOutcome> {
  const { tuning, servers = "real" } = context;
  const [plan] = planTrials(scenario, { seed, tuning, servers, set: [], without });
  if (!plan) throw new Error(`no scenario is named ${scenario}`);
  return runTrial(plan, context);
}
