import * as fc from "fast-check";

import { advanceRun } from "./advance-run.ts";
import { beginRun } from "./begin-run.ts";
import type { WorkflowDefinition } from "./definition.ts";
import { examineChange } from "./run-invariants.test-support.ts";
import { isEnded, jobsUnderWay, nextWakeOf, openApprovals } from "./run-queries.ts";
import type { Run, RunEvent } from "./run.ts";

/** What the world does next; `pick` chooses among the jobs or steps that there are. */
export interface Act {
  readonly kind: "wait" | "end" | "stale" | "decide" | "cancel" | "repeat";
  readonly pick: number;
  readonly ms: number;
  readonly outcome: "SUCCEEDED" | "FAILED" | "CANCELLED";
  readonly result: string | undefined;
}

const likelyAct: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(...(["wait", "wait", "end", "end", "end", "end", "stale", "decide", "repeat"] as const)),
  pick: fc.nat(),
  ms: fc.nat({ max: 4_000 }),
  outcome: fc.constantFrom(...(["SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "FAILED"] as const)),
  result: fc.constantFrom(undefined, "1", '{"a":[1]}', '"text"'),
});

/** Mostly what a plane does all day. */
export const randomAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 30, arbitrary: likelyAct },
  { weight: 1, arbitrary: likelyAct.map((act): Act => ({ ...act, kind: "cancel" })) },
  { weight: 1, arbitrary: likelyAct.map((act): Act => ({ ...act, kind: "end", outcome: "CANCELLED" })) },
  { weight: 1, arbitrary: likelyAct.map((act): Act => ({ ...act, kind: "end", result: "not JSON" })) },
);

/** The run `r` in a world that does as it likes, and all that was promised on its way. Each change is examined. */
export class RandomWorld {
  run: Run;
  readonly submitted: string[] = [];
  readonly cancelled: string[] = [];
  #nowUnixMs = 1_000;
  #alarmUnixMs: number | undefined;
  #last: RunEvent = { kind: "wake" };

  constructor(definition: WorkflowDefinition, items: number) {
    const input = { list: Array.from({ length: items }, (_, index) => index) };
    this.run = beginRun({ id: "r", tenant: "t", traceId: "x", definition, input, nowUnixMs: this.#nowUnixMs });
    this.#meets({ kind: "wake" });
  }

  plays({ kind, pick, ms, outcome, result }: Act): void {
    switch (kind) {
      case "wait":
        this.#nowUnixMs += ms;
        return this.#meets({ kind: "wake" });
      case "end":
        return this.#ends(chosen(jobsUnderWay(this.run), pick), outcome, result);
      case "stale":
        return this.#ends(chosen(this.submitted, pick), outcome, result);
      case "decide":
        return this.#decides(chosen(openApprovals(this.run), pick), pick % 5 > 0);
      case "cancel":
        return this.#meets({ kind: "cancel", by: "ann" });
      case "repeat":
        return this.#meets(this.#last);
    }
  }

  /** Time passes from alarm to alarm, every job succeeds, every approval is given: then the run must end. */
  comesToRest(): void {
    for (let rounds = 0; !isEnded(this.run.state); rounds++) {
      if (rounds > 1_000) throw new Error("the run does not end");
      const [job] = jobsUnderWay(this.run);
      const [approval] = openApprovals(this.run);
      if (job !== undefined) this.#ends(job, "SUCCEEDED");
      else if (approval !== undefined) this.#decides(approval, true);
      else this.#sleeps();
    }
  }

  /** Repeating an event, and being given the same twice, must be harmless: both are tried each time. */
  #meets(event: RunEvent): void {
    const before = this.run;
    const text = JSON.stringify(before);
    const change = advanceRun(before, event, this.#nowUnixMs);
    const same = advanceRun(before, event, this.#nowUnixMs);
    if (JSON.stringify(before) !== text) throw new Error("the run that was given has been touched");
    if (JSON.stringify(same) !== JSON.stringify(change)) throw new Error("the same event gave something else");
    examineChange({ before, change, nowUnixMs: this.#nowUnixMs });
    if (advanceRun(change.run, event, this.#nowUnixMs).changed) throw new Error("a repeated event changed the run");

    this.run = change.run;
    this.#last = event;
    for (const intent of change.intents) {
      if (intent.kind === "submit-job") this.submitted.push(intent.job);
      if (intent.kind === "cancel-job") this.cancelled.push(intent.job);
      if (intent.kind === "wake-at") this.#alarmUnixMs = Math.min(intent.unixMs, this.#alarmUnixMs ?? Infinity);
    }
  }

  #ends(job: string | undefined, state: Act["outcome"], result?: string): void {
    if (job === undefined) return;
    this.#meets({ kind: "job-ended", job, state, ...(result === undefined ? {} : { result }), cause: "boom" });
  }

  #decides(step: string | undefined, approved: boolean): void {
    if (step !== undefined) this.#meets({ kind: "decide", step, approved, by: "ann" });
  }

  /** By the alarms that were asked for alone. A timer is set again after a wake, as `nextWakeOf` says. */
  #sleeps(): void {
    if (this.#alarmUnixMs === undefined) throw new Error("what waits for time alone has no alarm");
    this.#nowUnixMs = Math.max(this.#nowUnixMs, this.#alarmUnixMs);
    this.#alarmUnixMs = undefined;
    this.#meets({ kind: "wake" });
    this.#alarmUnixMs ??= nextWakeOf(this.run);
  }
}

function chosen<T>(from: readonly T[], pick: number): T | undefined {
  return from[pick % from.length];
}
