import type { FaultWindow, History } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";
import { effectsDoneAt } from "./step-times.ts";
import { workflowRuns, type RunEvidence } from "./workflow-runs.ts";

/**
 * Each fault strikes while so many acknowledged runs are under way. With fewer the trial was easier than it says, and
 * the verdict is `unknown`.
 */
export function faultsMeetRuns(atLeast: number): Check {
  return check(`faults meet ${atLeast} runs`, struckFaults, (fault, history) => judge(fault, history, atLeast), {
    subjects: "faults that struck",
    none: "no fault struck",
    seen: (faults, history) => `${fewest(faults, history)} or more runs were under way at each`,
    measure: (faults, history) => [{ name: "runsUnderWayMin", value: fewest(faults, history) }],
  });
}

function struckFaults({ faults }: History): FaultWindow[] {
  return faults.filter(({ struckAt }) => struckAt !== undefined);
}

function judge(fault: FaultWindow, history: History, atLeast: number): Finding {
  const met = runsUnderWay(fault, history);
  if (met >= atLeast) return undefined;
  return { unexamined: `${fault.fault} struck with ${met} runs under way, and not ${atLeast}` };
}

function fewest(faults: readonly FaultWindow[], history: History): number {
  return faults.reduce((least, fault) => Math.min(least, runsUnderWay(fault, history)), Infinity);
}

function runsUnderWay({ struckAt = 0 }: FaultWindow, history: History): number {
  return workflowRuns(history).filter((run) => run.acknowledgedAt <= struckAt && doneAt(run) > struckAt).length;
}

/** When the last promised effect was there; never, when one is missing. */
function doneAt({ steps }: RunEvidence): number {
  const times = [...(steps?.values() ?? [])].filter(({ fact }) => fact.jobs > 0).map(effectsDoneAt);
  return times.reduce((latest, each) => Math.max(latest, each), 0);
}
