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

/**
 * One item for each run of the candidate that did not come about: spare runs make up for its figures, and not for a
 * plane that sometimes does not start. That a replica died is the candidate's fault unless the baseline's die as well;
 * of anything else nobody can tell whose fault it is.
 */
export function judgeMissingRuns(scenario: string, runs: readonly MeasuredRun[]): GateItem[] {
  const isShared = runs.some(({ side, notRun }) => side !== "b" && notRun !== undefined && mayBeDeath.has(notRun.code));
  return runs.flatMap(({ side, seed, notRun }): GateItem[] => {
    if (side !== "b" || !notRun) return [];
    const isAtFault = notRun.code === replicaDied && !isShared;
    const whose = isAtFault ? "The baseline's replicas did not die." : "Whose fault it is cannot be told.";
    return [
      {
        kind: "environment",
        scenario,
        name: `the candidate runs with seed ${seed}`,
        status: isAtFault ? "failed" : "inconclusive",
        summary: `It could not be run: ${notRun.because} ${whose}`,
        blocking: true,
      },
    ];
  });
}

const replicaDied = "replica_died";

/** Of a run in the baseline's own tree no more is known than that it left nothing. */
const mayBeDeath = new Set([replicaDied, "baseline_not_run"]);
