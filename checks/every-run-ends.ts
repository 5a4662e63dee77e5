import type { History, RunReadEvent } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";
import { moment } from "./moment.ts";
import { effectsDoneAt } from "./step-times.ts";
import { workflowRuns, type RunEvidence } from "./workflow-runs.ts";

/**
 * Every acknowledged run of a workflow succeeds, by the word of every gateway, and stays so; and the effects of its
 * steps are there.
 */
export function everyRunEnds(): Check {
  return check("every run ends", subjectsOf, judge, {
    subjects: "acknowledged runs",
    none: "no run of a workflow was acknowledged",
    seen: "each succeeded by every gateway's word, and its steps took effect",
    measure: (runs) => [{ name: "acknowledgedRuns", value: runs.length }],
  });
}

/** A run, and the gateways that were asked about runs. */
interface Subject {
  readonly run: RunEvidence;
  readonly gateways: readonly string[];
}

function subjectsOf(history: History): Subject[] {
  const gateways = [...new Set(history.runReads.map(({ via }) => via))];
  return workflowRuns(history).map((run) => ({ run, gateways }));
}

function judge({ run, gateways }: Subject): Finding {
  const contradiction = badWord(run) ?? emptyWord(run);
  if (contradiction) return contradiction;
  const silent = gateways.find((gateway) => !run.reads.some(({ via }) => via === gateway));
  if (run.reads.length === 0 || silent !== undefined) {
    return { unexamined: `${silent ?? "nobody"} could not tell about ${run.run} at the end` };
  }
  return run.steps ? undefined : { unexamined: `nobody wrote down the workflow "${run.workflow}" of ${run.run}` };
}

function badWord({ run, reads }: RunEvidence): Finding {
  const last = new Map(reads.map((read) => [read.via, read]));
  const undone = reads.find(
    ({ state, at }) => isEnd(state) && reads.some((read) => read.at > at && read.state !== state),
  );
  const bad = [...last.values()].find(({ state }) => state !== "succeeded") ?? undone;
  return bad && { subject: run, because: wordOf(bad, bad === undone), at: bad.at };
}

function wordOf({ via, state, cause, at }: RunReadEvent, undone: boolean): string {
  const said = `${via} said at ${moment(at)} that it is ${state}${cause === undefined ? "" : ` (${cause})`}`;
  return undone ? `${said}, and later it was not` : said;
}

/** The plane's word counts only together with the sink's. */
function emptyWord({ run, steps }: RunEvidence): Finding {
  const missing = [...(steps?.values() ?? [])].find((step) => step.fact.jobs > 0 && effectsDoneAt(step) === Infinity);
  return (
    missing && { subject: run, because: `its step ${missing.fact.id} has not taken effect as often as it promised` }
  );
}

function isEnd(state: string): boolean {
  return ends.has(state);
}

const ends: ReadonlySet<string> = new Set(["succeeded", "failed", "cancelled", "timed_out"]);
