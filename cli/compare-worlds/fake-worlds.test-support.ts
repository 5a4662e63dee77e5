import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { indexHistory, seededRandom, type HistoryEvent, type Verdict } from "../../core/mod.ts";
import { sampleRecord, sampleVerdict } from "../../reports/sample-record.test-support.ts";
import type { ComparedWorld } from "../../reports/mod.ts";
import type { TrialPlan } from "../run/plan.ts";
import type { Worlds } from "./run-worlds.ts";

/** How a run that never happened went. */
export interface FakeWorldRun {
  /** From due to acknowledged, and again from acknowledged to effect. @defaultValue 50 */
  readonly latencyMs?: number;
  /** @defaultValue 100 */
  readonly jobs?: number;
  /** Jobs that are executed twice, whose second effect is refused. @defaultValue 0 */
  readonly twice?: number;
  /** How long after the strike of its one fault the slowest job took effect; without it, there is no fault. */
  readonly recoveryMs?: number;
  readonly verdicts?: readonly Verdict[];
  readonly unhealthy?: string;
  readonly throws?: Error;
  /** Only a simulation can. */
  readonly broke?: Error;
}

/** Worlds that make histories up, and keep the order in which they were asked. */
export function fakeWorlds(
  behave: (world: ComparedWorld, number: number) => FakeWorldRun,
): Worlds & { readonly asked: { readonly world: ComparedWorld; readonly seed: string }[] } {
  const asked: { world: ComparedWorld; seed: string }[] = [];
  const next = (world: ComparedWorld, { seed }: TrialPlan): FakeWorldRun => {
    asked.push({ world, seed });
    const fake = behave(world, asked.filter((each) => each.world === world).length);
    if (fake.throws) throw fake.throws;
    return fake;
  };
  return {
    asked,
    async simulate(plan) {
      const fake = next("sim", plan);
      const { status, verdicts, generator } = recordOf(plan, fake);
      const history = indexHistory(eventsOf(fake, plan.seed));
      const broke = fake.broke === undefined ? {} : { broke: fake.broke };
      return { history, verdicts, status, generator, traceHash: "0123456789abcdef", virtualMs: 9_000, ...broke };
    },
    async runTrial(plan, { out }) {
      const fake = next("local", plan);
      mkdirSync(out, { recursive: true });
      const folder = mkdtempSync(join(out, "run-"));
      const lines = eventsOf(fake, `${plan.seed}/local`).map((event) => JSON.stringify(event));
      writeFileSync(join(folder, "history.jsonl"), `${lines.join("\n")}\n`);
      return { record: recordOf(plan, fake), folder };
    },
  };
}

function recordOf({ name, seed }: TrialPlan, { verdicts = [sampleVerdict()], unhealthy }: FakeWorldRun) {
  const because = unhealthy === undefined ? {} : { because: unhealthy };
  const generator = { ...sampleRecord().generator, healthy: unhealthy === undefined, ...because };
  const status = verdicts.some((each) => each.status === "fail") ? ("failed" as const) : ("passed" as const);
  return sampleRecord({ scenario: name, seed, verdicts, generator, status });
}

function eventsOf({ latencyMs = 50, jobs = 100, twice = 0, recoveryMs }: FakeWorldRun, seed: string): HistoryEvent[] {
  const random = seededRandom(seed);
  const jitter = 0.99 + 0.02 * random.next();
  const events: HistoryEvent[] = [{ kind: "phase", phase: "load", at: 0, who: "harness" }];
  for (let id = 1; id <= jobs; id++) events.push(...jobEvents(id, latencyMs * jitter, id <= twice));
  if (recoveryMs !== undefined) events.push(...faultEvents(jobs * 10 + 1_000, recoveryMs * jitter));
  return events.toSorted((a, b) => a.at - b.at);
}

function jobEvents(id: number, latencyMs: number, again: boolean): HistoryEvent[] {
  const [job, intendedAt] = [`job-${id}`, id * 10];
  const submit = {
    kind: "op",
    op: "submit",
    id,
    load: "steady",
    via: "gateway-1",
    intendedAt,
    sentAt: intendedAt,
  } as const;
  const [ackAt, worker] = [intendedAt + latencyMs, "worker-1"];
  const execution = (name: string, at: number): HistoryEvent => {
    return { kind: "execution", phase: "begin", job, epoch: 1, execution: `${job}/${name}`, at, who: worker };
  };
  const effect = { kind: "effect", job, epoch: 1, worker, who: "sink" } as const;
  return [
    { ...submit, outcome: "ok", job, at: ackAt, who: "load" },
    { kind: "dispatch", job, epoch: 1, subject: "s", sequence: id, at: ackAt + latencyMs / 4, who: "tap" },
    execution("first", ackAt + latencyMs / 2),
    { ...effect, decision: "accepted", at: ackAt + latencyMs },
    ...(again
      ? [execution("again", ackAt + latencyMs), { ...effect, decision: "stale" as const, at: ackAt + 2 * latencyMs }]
      : []),
  ];
}

/** A fault that meets one job, which was acknowledged just before it. */
function faultEvents(struckAt: number, recoveryMs: number): HistoryEvent[] {
  const targets = ["scheduler-1"];
  const fault = { kind: "fault" as const, fault: "1 kill scheduler-1", action: "kill", targets, who: "harness" };
  const [job, at] = ["late", struckAt - 1];
  return [
    {
      kind: "op",
      op: "submit",
      id: 9_999,
      load: "steady",
      via: "g",
      intendedAt: at,
      sentAt: at,
      outcome: "ok",
      job,
      at,
      who: "load",
    },
    { ...fault, phase: "begin", at: struckAt },
    { ...fault, phase: "strike", at: struckAt },
    { kind: "effect", job, epoch: 1, worker: "w", decision: "accepted", at: struckAt + recoveryMs, who: "sink" },
    { ...fault, phase: "heal", at: struckAt + 5_000 },
  ];
}
