import { advanceRun } from "./advance-run.ts";
import { beginRun } from "./begin-run.ts";
import { parseDefinition } from "./parse-definition.ts";
import type { Run, RunChange, RunEvent, RunIntent, TimelineEntry } from "./run.ts";

type JobEnd = Extract<RunEvent, { kind: "job-ended" }>;

/** What a test varies of a run. */
interface Trial {
  readonly input?: unknown;
  readonly timeoutSec?: number;
  readonly forEachMaxItems?: number;
}

/** The run `r` of a workflow, and all that has followed from what happened to it. Its clock begins at 0. */
export class RunOnTrial {
  run: Run;
  nowUnixMs = 0;
  readonly intents: RunIntent[] = [];
  readonly timeline: TimelineEntry[] = [];
  forEachMaxItems: number;

  constructor(steps: Record<string, object>, { input = {}, timeoutSec, forEachMaxItems = 1_000 }: Trial = {}) {
    const timeout = timeoutSec === undefined ? {} : { timeout_sec: timeoutSec };
    const definition = parseDefinition({ id: "w", ...timeout, steps });
    this.run = beginRun({ id: "r", tenant: "t", traceId: "trace", definition, input, nowUnixMs: 0 });
    this.forEachMaxItems = forEachMaxItems;
  }

  /** Something happens now. */
  meets(event: RunEvent): RunChange {
    const change = advanceRun(this.run, event, this.nowUnixMs, { forEachMaxItems: this.forEachMaxItems });
    this.run = change.run;
    this.intents.push(...change.intents);
    this.timeline.push(...change.timeline);
    return change;
  }

  wake(afterMs = 0): RunChange {
    this.nowUnixMs += afterMs;
    return this.meets({ kind: "wake" });
  }

  succeeds(job: string, result?: string): RunChange {
    return this.meets({ kind: "job-ended", job, state: "SUCCEEDED", ...(result === undefined ? {} : { result }) });
  }

  fails(job: string, state: Exclude<JobEnd["state"], "SUCCEEDED"> = "FAILED", cause = "boom"): RunChange {
    return this.meets({ kind: "job-ended", job, state, cause });
  }

  decide(step: string, approved: boolean): RunChange {
    return this.meets({ kind: "decide", step, approved, by: "ann" });
  }

  cancel(): RunChange {
    return this.meets({ kind: "cancel", by: "ann" });
  }

  /** Ids of jobs in the order in which they were submitted. */
  get submitted(): string[] {
    return this.intents.flatMap((intent) => (intent.kind === "submit-job" ? [intent.job] : []));
  }

  get cancelled(): string[] {
    return this.intents.flatMap((intent) => (intent.kind === "cancel-job" ? [intent.job] : []));
  }

  /** What the jobs were given, in the order in which they were submitted. */
  get payloads(): unknown[] {
    return this.intents.flatMap((intent): unknown[] =>
      intent.kind === "submit-job" ? [JSON.parse(intent.payload) as unknown] : [],
    );
  }

  /** The state of every step. */
  get states(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.run.steps).map(([id, { state }]) => [id, state]));
  }

  /** `step_started charge`, in order. */
  get story(): string[] {
    return this.timeline.map(({ event, step }) => (step === undefined ? event : `${event} ${step}`));
  }
}
