import type { History, Measurement } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";
import { moment } from "./moment.ts";
import { effectsDoneAt, firstBeginAt, workBefore } from "./step-times.ts";
import { workflowRuns, type ChildEvidence, type RunEvidence, type StepEvidence } from "./workflow-runs.ts";

/**
 * In every acknowledged run, each step's jobs take effect exactly once each, as many as the workflow promises, and
 * none begins before everything that it comes after has taken effect.
 *
 * What counts is the step and the child, not the job's id: a second job made for the same child, under whatever id or
 * attempt, is a second effect.
 */
export function stepsRunOnceInOrder(): Check {
  return check("steps run once, in order", subjectsOf, judge, {
    subjects: "steps of acknowledged runs",
    none: "no run of a workflow was acknowledged",
    seen: "each job of each step took effect once, and none began too early",
    measure: (subjects) => measurements(subjects),
  });
}

/** One step of a run; without `step`, a run whose workflow nobody wrote down. */
interface Subject {
  readonly run: RunEvidence;
  readonly step?: StepEvidence;
}

function* subjectsOf(history: History): Generator<Subject> {
  for (const run of workflowRuns(history)) {
    if (!run.steps) yield { run };
    for (const step of run.steps?.values() ?? []) yield { run, step };
  }
}

function judge({ run, step }: Subject): Finding {
  if (!step) return { unexamined: `nobody wrote down the workflow "${run.workflow}" of ${run.run}` };
  const subject = `${run.run}:${step.fact.id}`;
  const found = stranger(run, step) ?? wrongCount(step) ?? tooEarly(run, step);
  return found && { subject, ...found };
}

interface Wrong {
  readonly because: string;
  readonly at?: number;
}

/** Said once for a run, at its first step. */
function stranger({ steps, strangers }: RunEvidence, { fact }: StepEvidence): Wrong | undefined {
  const [first] = steps?.keys() ?? [];
  return strangers.length === 0 || fact.id !== first
    ? undefined
    : { because: `its run did something for the step ${strangers.join(", ")}, which its workflow does not have` };
}

function wrongCount({ fact, children }: StepEvidence): Wrong | undefined {
  for (const [index, child] of children) {
    const wrong = index < fact.jobs ? twice(index, child) : tooMany(index, fact.jobs, child);
    if (wrong) return wrong;
  }
  const arrived = [...children.values()].filter(({ effects }) => effects.length > 0).length;
  return arrived < fact.jobs ? { because: `${arrived} of its ${fact.jobs} jobs took effect` } : undefined;
}

function twice(index: number, { effects }: ChildEvidence): Wrong | undefined {
  const second = effects[1];
  if (!second) return undefined;
  const each = effects.map(({ job, at }) => `${job} at ${moment(at)}`);
  return { because: `its job ${index} took effect ${effects.length} times: ${each.join(", ")}`, at: second.at };
}

function tooMany(index: number, jobs: number, { beginsAt, effects }: ChildEvidence): Wrong {
  const at = Math.min(...beginsAt, ...effects.map((effect) => effect.at));
  return { because: `it had a job ${index} at ${moment(at)}, and has ${jobs} in its workflow`, at };
}

function tooEarly(run: RunEvidence, step: StepEvidence): Wrong | undefined {
  const beganAt = firstBeginAt(step);
  if (beganAt === undefined) return undefined;
  const unfinished = workBefore(run, step).find((before) => effectsDoneAt(before) > beganAt);
  if (!unfinished) return undefined;
  const doneAt = effectsDoneAt(unfinished);
  const done = doneAt === Infinity ? "was never done" : `was done at ${moment(doneAt)}`;
  return { because: `it began at ${moment(beganAt)}, and ${unfinished.fact.id} before it ${done}`, at: beganAt };
}

function measurements(subjects: readonly Subject[]): Measurement[] {
  const children = subjects.flatMap(({ step }) => [...(step?.children.values() ?? [])]);
  return [
    { name: "runs", value: new Set(subjects.map(({ run }) => run)).size },
    { name: "stepEffects", value: children.reduce((sum, { effects }) => sum + effects.length, 0) },
    { name: "stepAttemptsMax", value: children.reduce((most, { attempts }) => Math.max(most, attempts), 0) },
  ];
}
