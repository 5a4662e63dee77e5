import { readableMs, type History, type Measurement } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";
import { firstBeginAt, stepsBefore, stepTimes } from "./step-times.ts";
import { workflowRuns, type StepEvidence } from "./workflow-runs.ts";

/** A plane counts a delay in whole milliseconds of the wall clock, cut off at both ends. */
const roundingMs = 2;

/** What comes after a delay step does not begin before the delay is over, counted from the last effect before it. */
export function delaysAreNotEarly(): Check {
  return check("delays are not early", delaysOf, judge, {
    subjects: "delays of acknowledged runs",
    none: "no acknowledged run had a delay with work after it",
    seen: "nothing began before its delay was over",
    measure: (delays) => overshoot(delays),
  });
}

/** A delay step of a run, and the work that it holds back. */
interface Delay {
  /** `run-7:cool-off` */
  readonly name: string;
  readonly delayMs: number;
  /** When it was due; missing when the step before it never took effect. */
  readonly dueAt: number | undefined;
  /** The first execution after it; missing when nothing ever began. */
  readonly next: { readonly step: string; readonly beganAt: number } | undefined;
}

function* delaysOf(history: History): Generator<Delay> {
  for (const run of workflowRuns(history)) {
    const timeOf = stepTimes(run);
    const working = [...(run.steps?.values() ?? [])].filter(({ fact }) => fact.jobs > 0);
    for (const delay of run.steps?.values() ?? []) {
      const { id, delayMs } = delay.fact;
      const held = working.filter((step) => stepsBefore(run, step).includes(delay));
      if (delayMs === undefined || held.length === 0) continue;
      yield { name: `${run.run}:${id}`, delayMs, dueAt: timeOf(id)?.dueAt, next: firstOf(held) };
    }
  }
}

function firstOf(steps: readonly StepEvidence[]): Delay["next"] {
  let next: Delay["next"];
  for (const step of steps) {
    const beganAt = firstBeginAt(step);
    if (beganAt !== undefined && beganAt < (next?.beganAt ?? Infinity)) next = { step: step.fact.id, beganAt };
  }
  return next;
}

function judge({ name, delayMs, dueAt, next }: Delay): Finding {
  if (!next) return { unexamined: `nothing began after ${name}` };
  if (dueAt === undefined) return { unexamined: `what comes before ${name} never took effect` };
  const waitedMs = next.beganAt - dueAt;
  if (waitedMs >= delayMs - roundingMs) return undefined;
  const because = `${next.step} began ${readableMs(Math.max(0, waitedMs))} after it was due; it lasts ${readableMs(delayMs)}`;
  return { subject: name, because, at: next.beganAt };
}

/** How much longer than asked for the delays lasted. */
function overshoot(delays: readonly Delay[]): Measurement[] {
  const late = delays.flatMap(({ delayMs, dueAt, next }) =>
    next && dueAt !== undefined ? [next.beganAt - dueAt - delayMs] : [],
  );
  return late.length === 0 ? [] : [{ name: "delayOvershootMsMax", value: Number(Math.max(...late).toFixed(1)) }];
}
