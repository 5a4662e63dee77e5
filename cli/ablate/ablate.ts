import type { Verdict } from "../../core/mod.ts";
import type { SafeguardName } from "../../reference/safeguards.ts";
import { proofs } from "../guarantees.ts";
import type { Progress } from "../progress.ts";
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
}

/** How to ablate. */
export interface AblateContext {
  readonly attempts: number;
  readonly tuning: string;
  readonly seed: string;
  readonly out: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Leaves each safeguard out in turn, and runs the scenario that must go red, until it does or the attempts are used up. */
export async function ablate(chosen: readonly SafeguardName[], context: AblateContext): Promise<Ablation[]> {
  const rows: Ablation[] = [];
  for (const safeguard of chosen) {
    const row = await ablateOne(safeguard, context);
    context.progress.step(`without ${safeguard}: ${row.caught ? `caught by "${row.check}"` : "NOT caught"}`);
    rows.push(row);
  }
  return rows;
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
  const [plan] = planTrials(scenario, { seed, tuning: context.tuning, set: [], without: [safeguard] });
  if (!plan) throw new Error(`the proof of ${safeguard} names no scenario`);
  const { record } = await runTrial(plan, context);
  return record.verdicts.find((verdict) => verdict.status === "fail" && caughtBy.includes(verdict.check));
}
