import type { ChildEvidence, RunEvidence, StepEvidence } from "./workflow-runs.ts";

/** The time of a step, as far as witnesses can tell. */
export interface StepTime {
  /** From then on nothing held it back: all that it comes after had ended. */
  readonly dueAt: number;
  /** When it had ended: its last effect, its decision, or its delay being over. */
  readonly endedAt: number;
}

/** Answers for one run; `undefined` for a step that never became due, `endedAt` infinite for one that never ended. */
export type StepTimes = (step: string) => StepTime | undefined;

/**
 * When each step of a run was due and ended.
 *
 * What nobody can see ends as early as it could: a condition when it is due, a delay when its time is over. So a
 * delay's end is a lower bound.
 */
export function stepTimes(run: RunEvidence): StepTimes {
  const times = new Map<string, StepTime | undefined>();
  const timeOf: StepTimes = (id) => {
    if (!times.has(id)) {
      times.set(id, undefined); // a circle, which no definition has, ends here
      times.set(id, compute(id));
    }
    return times.get(id);
  };
  const compute = (id: string): StepTime | undefined => {
    const step = run.steps?.get(id);
    if (!step) return undefined;
    const before = step.fact.after.map((each) => timeOf(each)?.endedAt ?? Infinity);
    const dueAt = Math.max(run.sentAt, ...before);
    return dueAt === Infinity ? undefined : { dueAt, endedAt: endOf(step, dueAt, run) };
  };
  return timeOf;
}

/** From a run's acknowledgement to the end of its last step; missing when some step never ended. */
export function runLastedMs(run: RunEvidence): number | undefined {
  const timeOf = stepTimes(run);
  const ends = [...(run.steps?.keys() ?? [])].map((id) => timeOf(id)?.endedAt ?? Infinity);
  const endedAt = Math.max(0, ...ends);
  return ends.length === 0 || endedAt === Infinity ? undefined : Math.max(0, endedAt - run.acknowledgedAt);
}

/** When every job that the step promised had taken effect, each for the first time; infinite when one never did. */
export function effectsDoneAt({ fact, children }: StepEvidence): number {
  if (children.size < fact.jobs) return Infinity;
  return Math.max(...[...children.values()].map(firstEffectAt));
}

function firstEffectAt({ effects }: ChildEvidence): number {
  return Math.min(...effects.map(({ at }) => at));
}

function endOf(step: StepEvidence, dueAt: number, { decidedAt }: RunEvidence): number {
  const { id, type, jobs, delayMs = 0 } = step.fact;
  if (jobs > 0) return effectsDoneAt(step);
  if (type === "approval") return decidedAt.get(id) ?? Infinity;
  return type === "delay" ? dueAt + delayMs : dueAt;
}

/** The steps with jobs that one comes after, directly or through steps without any. */
export function workBefore(run: RunEvidence, step: StepEvidence): StepEvidence[] {
  return stepsBefore(run, step).filter(({ fact }) => fact.jobs > 0);
}

/** Everything that one comes after, back to the nearest steps with jobs. */
export function stepsBefore({ steps }: RunEvidence, { fact }: StepEvidence): StepEvidence[] {
  const found = new Map<string, StepEvidence>();
  const queue = [...fact.after];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const before = steps?.get(id);
    if (!before || found.has(id)) continue;
    found.set(id, before);
    if (before.fact.jobs === 0) queue.push(...before.fact.after);
  }
  return [...found.values()];
}

/** When the first execution of any of its jobs began. */
export function firstBeginAt({ children }: StepEvidence): number | undefined {
  const all = [...children.values()].flatMap(({ beginsAt }) => beginsAt);
  return all.length === 0 ? undefined : Math.min(...all);
}
