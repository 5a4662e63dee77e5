import { expect } from "vitest";

import { stepOfJob } from "../../../core/mod.ts";
import type { StepDefinition } from "./definition.ts";
import { isEnded, isStepEnded, jobsUnderWay, nextWakeOf } from "./run-queries.ts";
import type { Run, RunChange, StepRun, StepState } from "./run.ts";

/** One change of a run, and the moment at which it was made. */
export interface ExaminedChange {
  readonly before: Run;
  readonly change: RunChange;
  readonly nowUnixMs: number;
}

/** All that followed from what happened to a run. */
export interface Promised {
  readonly run: Run;
  readonly submitted: readonly string[];
  readonly cancelled: readonly string[];
}

/** What holds for each change by itself. */
export function examineChange({ before, change, nowUnixMs }: ExaminedChange): void {
  const { changed, run, intents, timeline } = change;
  expect(JSON.parse(JSON.stringify(run)), "storage loses nothing").toEqual(run);
  expect(timeline.length > 0, "whatever changes is told").toBe(changed);
  expect(JSON.stringify(run) !== JSON.stringify(before), "what is told has changed").toBe(changed);
  if (!changed) expect(intents).toEqual([]);
  if (isEnded(before.state)) expect(changed, "ends are final").toBe(false);
  expect(nextWakeOf(run) ?? Infinity, "what was due was dealt with").toBeGreaterThan(nowUnixMs);
  examineEnd(run);
  for (const [id, definition] of Object.entries(run.definition.steps)) {
    examineStep({ run, definition, before: stepAt(before, id), step: stepAt(run, id), nowUnixMs });
  }
}

/** What holds for the whole: each attempt was submitted once, in order, and nothing under way is forgotten. */
export function examineWhole({ run, submitted, cancelled }: Promised): void {
  expect(new Set(submitted).size, "no attempt is submitted twice").toBe(submitted.length);
  expect(new Set(cancelled).size, "no attempt is cancelled twice").toBe(cancelled.length);
  expect(cancelled.every((job) => submitted.includes(job))).toBe(true);
  expect(jobsUnderWay(run).every((job) => submitted.includes(job) && !cancelled.includes(job))).toBe(true);
  const begun = Object.entries(run.steps).flatMap(([id, { jobs = [] }]) =>
    jobs.map(({ attempt }, index) => [`${id}[${index}]`, attempt] as const),
  );
  const expected = new Map(begun.filter(([, attempt]) => attempt > 0));
  expect(attemptsOf(submitted), "the document tells of every attempt").toEqual(expected);
}

/** The last attempt of each job, after one has followed the other without a gap. */
function attemptsOf(submitted: readonly string[]): Map<string, number> {
  const attempts = new Map<string, number>();
  for (const id of submitted) {
    const { step = "", index = 0, attempt = 0 } = stepOfJob(id) ?? {};
    const key = `${step}[${index}]`;
    expect(attempt, "attempts are counted").toBe((attempts.get(key) ?? 0) + 1);
    attempts.set(key, attempt);
  }
  return attempts;
}

function examineEnd({ state, steps }: Run): void {
  const states = Object.values(steps).map((step) => step.state);
  expect(states.every(isStepEnded), "a run has ended when its steps have").toBe(isEnded(state));
  if (state === "succeeded") expect(states.filter((each) => !good.has(each))).toEqual([]);
  if (state === "waiting") expect(states).not.toContain("running");
  if (state === "running") expect(states).toContain("running");
}

const good: ReadonlySet<StepState> = new Set(["succeeded", "skipped"]);

interface ExaminedStep {
  readonly run: Run;
  readonly definition: StepDefinition;
  readonly before: StepRun;
  readonly step: StepRun;
  readonly nowUnixMs: number;
}

function examineStep(examined: ExaminedStep): void {
  const { before, step } = examined;
  if (isStepEnded(before.state)) expect(step, "ends are final").toEqual(before);
  for (const rule of [beginsInTurn, keepsToDelay, keepsToRoom, keepsToBackoff, keepsToTimeout]) rule(examined);
}

function beginsInTurn({ run, definition, before, step }: ExaminedStep): void {
  const hasBegun = before.startedUnixMs === undefined && step.startedUnixMs !== undefined;
  const early = definition.dependsOn.filter((id) => !good.has(stepAt(run, id).state));
  if (hasBegun) expect(early, "all that it depends on has ended").toEqual([]);
}

function keepsToDelay({ definition, before, step, nowUnixMs }: ExaminedStep): void {
  const hasEnded = before.state === "waiting" && step.state === "succeeded";
  if (definition.type !== "delay" || !hasEnded) return;
  expect(nowUnixMs, "no delay is early").toBeGreaterThanOrEqual(
    (before.startedUnixMs ?? 0) + (definition.delayMs ?? 0),
  );
}

function keepsToRoom({ definition, step }: ExaminedStep): void {
  if (definition.type !== "for_each" || isStepEnded(step.state)) return;
  const busy = (step.jobs ?? []).filter(({ state }) => state === "running" || state === "backoff").length;
  expect(busy, "there is room for each").toBeLessThanOrEqual(definition.maxParallel);
  const idle = (step.jobs ?? []).some(({ state }) => state === "pending");
  if (idle) expect(busy, "no room is left unused").toBe(definition.maxParallel);
}

function keepsToBackoff({ before, step, nowUnixMs }: ExaminedStep): void {
  for (const [index, job] of (step.jobs ?? []).entries()) {
    const earlier = before.jobs?.[index];
    if (earlier?.state === "backoff" && job.state === "running") {
      expect(earlier.dueUnixMs, "no attempt is early").toBeLessThanOrEqual(nowUnixMs);
    }
  }
}

function keepsToTimeout({ before, step, nowUnixMs }: ExaminedStep): void {
  for (const [index, { cause, state }] of (step.jobs ?? []).entries()) {
    const earlier = before.jobs?.[index];
    const isGivenUp = earlier?.state === "running" && state !== "cancelled" && cause === "timeout";
    if (isGivenUp && earlier.dueUnixMs !== undefined) expect(earlier.dueUnixMs).toBeLessThanOrEqual(nowUnixMs);
  }
}

function stepAt(run: Run, id: string): StepRun {
  const step = run.steps[id];
  if (!step) throw new Error(`no step ${id}`);
  return step;
}
