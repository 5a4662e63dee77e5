import type { Verdict } from "../../core/mod.ts";
import type { GateItem } from "../../reports/mod.ts";
import { fewestPairsCompared } from "../compare/compare-measures.ts";
import type { MeasuredRun } from "../compare/measured-run.ts";
import { usablePairs } from "../compare/run-pairs.ts";

/**
 * One item for each check of a scenario, over all runs that count for it. Invariants block in every mode: they are
 * facts, also in a run whose figures are not used.
 */
export function judgeInvariants(scenario: string, runs: readonly MeasuredRun[]): GateItem[] {
  const verdicts = Map.groupBy(
    runs.flatMap(({ record }) => record?.verdicts ?? []),
    ({ check }) => check,
  );
  return [...verdicts].map(([check, all]) => ({
    kind: "invariant",
    scenario,
    name: check,
    blocking: true,
    ...worst(all),
  }));
}

function worst(verdicts: readonly Verdict[]): Pick<GateItem, "status" | "summary"> {
  const failed = verdicts.filter(({ status }) => status === "fail");
  const unknown = verdicts.filter(({ status }) => status === "unknown");
  const [first] = [...failed, ...unknown];
  const share = `in ${failed.length || unknown.length} of ${verdicts.length} runs: ${first?.summary ?? ""}`;
  if (failed.length > 0) return { status: "failed", summary: `Contradicted ${share}` };
  if (unknown.length > 0) return { status: "inconclusive", summary: `Not examined ${share}` };
  const examined = verdicts.reduce((sum, verdict) => sum + verdict.examined, 0);
  return { status: "passed", summary: `${examined} examined in ${verdicts.length} runs.` };
}

/** Nothing when enough pairs of runs count; otherwise why nobody can tell. */
export function judgeEnvironment(scenario: string, runs: readonly MeasuredRun[]): GateItem[] {
  const pairs = usablePairs(runs);
  if (pairs >= fewestPairsCompared) return [];
  const reasons = [...new Set(runs.flatMap(({ excluded }) => excluded ?? []))];
  const summary = `${pairs} pairs of runs count, and it takes ${fewestPairsCompared}. ${reasons.join(" ")}`.trim();
  const name = "enough runs can be used";
  return [{ kind: "environment", scenario, name, status: "inconclusive", summary, blocking: true }];
}
