import type { GatedScenario, GateItem } from "../../reports/mod.ts";
import { compareMeasures } from "../compare/compare-measures.ts";
import { inShort } from "../compare/compare.ts";
import type { MeasuredRun } from "../compare/measured-run.ts";
import { isFromHere } from "./baseline-coverage.ts";
import { confirmed, type Finding } from "./finding.ts";
import type { GatePlan } from "./gate-plan.ts";
import { judgeBudget } from "./judge-budgets.ts";
import { judgeEnvironment, judgeInvariants, judgeMissingRuns } from "./judge-invariants.ts";
import { judgeRegression } from "./judge-regressions.ts";

/** Differences of this size are of no interest in the table that stands beside the verdicts. */
const tableMargin = Math.log1p(0.05);

/** The budgets and regressions of a policy, as these runs have them. */
function findingsOf(
  { policy, baseline }: Pick<GatePlan, "policy" | "baseline">,
  scenario: string,
  runs: readonly MeasuredRun[],
): { kind: "budget" | "regression"; finding: Finding }[] {
  const used = runs.filter(({ excluded }) => excluded === undefined);
  const candidate = used.filter(({ side }) => side === "b");
  const noise = isFromHere(baseline) ? (baseline.scenarios[scenario]?.noise ?? {}) : {};
  const concerns = (rule: { readonly scenario?: string }): boolean => (rule.scenario ?? scenario) === scenario;
  return [
    ...policy.budgets
      .filter(concerns)
      .map((budget) => ({ kind: "budget" as const, finding: judgeBudget(budget, candidate) })),
    ...policy.regressions.filter(concerns).map((rule) => ({
      kind: "regression" as const,
      finding: judgeRegression(rule, used, noise[rule.measure.id] ?? []),
    })),
  ];
}

/** Whether anything is to be looked at again. */
export function isSuspicious(
  plan: Pick<GatePlan, "policy" | "baseline">,
  scenario: string,
  runs: readonly MeasuredRun[],
): boolean {
  return findingsOf(plan, scenario, runs).some(({ finding }) => finding.status === "failed");
}

/**
 * Everything that the gate says about a scenario.
 *
 * @param again - fresh runs, when the first ones were suspicious
 */
export function judgeScenario(
  plan: GatePlan,
  scenario: string,
  first: readonly MeasuredRun[],
  again: readonly MeasuredRun[],
): { items: GateItem[]; gated: GatedScenario } {
  const all = [...first, ...again];
  const fresh = again.length === 0 ? undefined : findingsOf(plan, scenario, again);
  const items = findingsOf(plan, scenario, first).map(({ kind, finding }, index): GateItem => {
    const second = fresh?.[index]?.finding;
    const settled = second === undefined ? finding : confirmed(finding, second);
    return { kind, scenario, ...settled, blocking: plan.mode === "strict" };
  });
  const ours = plan.choices.baselineTree === undefined ? all : all.filter(({ side }) => side === "b");
  return {
    items: [
      ...judgeInvariants(scenario, ours),
      ...judgeMissingRuns(scenario, all),
      ...judgeEnvironment(scenario, first),
      ...items,
    ],
    gated: {
      scenario,
      runs: all.map(inShort),
      rows: compareMeasures(first, tableMargin),
      recorded: plan.baseline.scenarios[scenario]?.measures ?? {},
      rerun: again.length > 0,
    },
  };
}
