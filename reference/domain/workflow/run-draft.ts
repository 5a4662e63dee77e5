import type { StepDefinition } from "./definition.ts";
import { isEnded, nextWakeOf } from "./run-queries.ts";
import type { Run, RunChange, RunIntent, StepJobRun, StepRun, TimelineEntry } from "./run.ts";

/** What a run may grow to. */
export interface RunLimits {
  /** More items than this fail a for_each step. */
  readonly forEachMaxItems: number;
}

/** Which of a run's jobs: a step, and the job's place among those of the step. */
export interface JobPlace {
  readonly step: string;
  readonly index: number;
}

/** A run while an event is worked into it, with what follows so far. The run that it began as stays as it is. */
export class RunDraft {
  readonly nowUnixMs: number;
  readonly limits: RunLimits;
  readonly #before: Run;
  #run: Run;
  readonly #intents: RunIntent[] = [];
  readonly #timeline: TimelineEntry[] = [];

  constructor(run: Run, nowUnixMs: number, limits: RunLimits) {
    this.nowUnixMs = nowUnixMs;
    this.limits = limits;
    this.#before = run;
    this.#run = run;
  }

  get run(): Run {
    return this.#run;
  }

  /** Whether nothing more can happen to it. */
  get isOver(): boolean {
    return isEnded(this.#run.state);
  }

  /** Each step with its definition, in the definition's order, as they were when this was called. */
  steps(): [id: string, definition: StepDefinition, step: StepRun][] {
    return Object.keys(this.#run.definition.steps).map((id) => [id, this.definition(id), this.step(id)]);
  }

  has(id: string): boolean {
    return Object.hasOwn(this.#run.definition.steps, id);
  }

  definition(id: string): StepDefinition {
    return own(this.#run.definition.steps, id);
  }

  step(id: string): StepRun {
    return own(this.#run.steps, id);
  }

  /** Whatever changes is told in the timeline, so that the timeline alone says whether anything has. */
  changeRun(fields: Partial<Pick<Run, "state" | "cause" | "endedUnixMs">>, event: string, detail?: string): void {
    this.#run = { ...this.#run, ...fields };
    this.#tell(event, undefined, detail);
  }

  changeStep(id: string, step: StepRun, event: string, detail?: string): void {
    this.#run = { ...this.#run, steps: { ...this.#run.steps, [id]: step } };
    this.#tell(event, id, detail);
  }

  changeJob({ step: id, index }: JobPlace, job: StepJobRun, event: string, detail?: string): void {
    const step = this.step(id);
    this.changeStep(id, { ...step, jobs: (step.jobs ?? []).with(index, job) }, event, detail);
  }

  intend(intent: RunIntent): void {
    this.#intents.push(intent);
  }

  finish(): RunChange {
    const changed = this.#timeline.length > 0;
    if (changed) this.#setAlarm();
    return { changed, run: this.#run, intents: this.#intents, timeline: this.#timeline };
  }

  /** The alarm that was set before is still good if it is for the same moment. */
  #setAlarm(): void {
    const before = this.#before.state === "pending" ? undefined : nextWakeOf(this.#before);
    const unixMs = nextWakeOf(this.#run);
    if (unixMs !== undefined && unixMs !== before) this.intend({ kind: "wake-at", unixMs });
  }

  #tell(event: string, step: string | undefined, detail: string | undefined): void {
    this.#timeline.push({
      ...{ unixMs: this.nowUnixMs, event },
      ...(step === undefined ? {} : { step }),
      ...(detail === undefined ? {} : { detail }),
    });
  }
}

function own<T>(record: Readonly<Record<string, T>>, id: string): T {
  const value = Object.hasOwn(record, id) ? record[id] : undefined;
  if (value === undefined) throw new Error(`a run has no step "${id}", although its definition names it`);
  return value;
}
