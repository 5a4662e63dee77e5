import {
  indexHistory,
  type EffectEvent,
  type FaultEvent,
  type HealthReadEvent,
  type History,
  type HistoryEvent,
  type JobReadEvent,
  type OperationEvent,
  type ReplicaEvent,
  type SectionEvent,
  type Verdict,
  type WriteEvent,
} from "../core/mod.ts";
import type { Check } from "./check.ts";

/** A history of these events, told in any order. */
export function story(...events: readonly (HistoryEvent | readonly HistoryEvent[])[]): History {
  return indexHistory(events.flat().toSorted((a, b) => a.at - b.at));
}

/** The verdict of a check on a story. */
export function verdictOn(check: Check, ...events: readonly (HistoryEvent | readonly HistoryEvent[])[]): Verdict {
  return check.judge(story(...events));
}

let operations = 0;

/** A submission that was answered; by default accepted, 2 ms after it was sent. */
export function submitted(job: string | undefined, at: number, options: Partial<OperationEvent> = {}): OperationEvent {
  const named = job === undefined ? {} : { job };
  const times = { intendedAt: at - 2, sentAt: at - 2, at };
  const where = { op: "submit", load: "steady", via: "gateway-1", client: "load" } as const;
  return { kind: "op", id: ++operations, outcome: "ok", who: "harness", ...where, ...times, ...named, ...options };
}

/** A worker executes a job from one moment to another, or until nobody knows when. */
export function executed(
  job: string,
  beginAt: number,
  options: { endAt?: number; epoch?: number; worker?: string } = {},
): HistoryEvent[] {
  const { endAt, epoch = 1, worker = "worker-1" } = options;
  const execution = `${worker}/${job}/${epoch}/${beginAt}`;
  const same = { kind: "execution", job, epoch, execution, who: worker } as const;
  const begin: HistoryEvent = { ...same, phase: "begin", at: beginAt };
  return endAt === undefined ? [begin] : [begin, { ...same, phase: "end", outcome: "succeeded", at: endAt }];
}

/** The sink decides about an effect; by default it accepts it. */
export function effect(job: string, at: number, options: Partial<EffectEvent> = {}): EffectEvent {
  return { kind: "effect", job, epoch: 1, worker: "worker-1", decision: "accepted", at, who: "sink", ...options };
}

/** The stream stores a dispatch. */
export function dispatched(job: string, at: number, sequence: number, epoch = 1): HistoryEvent {
  return { kind: "dispatch", job, epoch, subject: "worker.worker-1.jobs", sequence, at, who: "tap" };
}

/** A gateway tells about a job. */
export function read(job: string, state: string, at: number, options: Partial<JobReadEvent> = {}): JobReadEvent {
  return { kind: "job-read", job, state, via: "gateway-1", at, who: "harness", ...options };
}

/** A job's log from `PENDING 0, DISPATCHED 1`: states with their epochs. */
export function log(text: string): Required<JobReadEvent>["log"] {
  return text.split(", ").map((step, index) => {
    const [state = "", epoch] = step.split(" ");
    return { state, epoch: Number(epoch), unixMs: index, by: "scheduler-1" };
  });
}

/** The store takes a write, or does not. */
export function wrote(job: string, to: string, at: number, options: Partial<WriteEvent> = {}): WriteEvent {
  return { kind: "write", job, to, epoch: 1, accepted: true, at, who: "scheduler-1", ...options };
}

/** One replica's stay in a critical section, told step by step. */
export interface Holder {
  readonly section: string;
  entered(at: number, validUntil: number): SectionEvent;
  renewed(at: number, validUntil: number): SectionEvent;
  /** By default sent 1 ms before, and the key was removed. */
  left(at: number, facts?: { sentAt?: number; removed?: boolean }): SectionEvent;
  abandoned(at: number): SectionEvent;
}

/** Somebody who enters a critical section. */
export function holder(who: string, options: Partial<Pick<SectionEvent, "guard" | "key" | "section">> = {}): Holder {
  const same = { kind: "section", guard: "lock", key: "key", section: `${who}/1`, who, ...options } as const;
  return {
    section: same.section,
    entered: (at, validUntil) => ({ ...same, phase: "entered", at, validUntil }),
    renewed: (at, validUntil) => ({ ...same, phase: "renewed", at, validUntil }),
    left: (at, facts = { sentAt: at - 1, removed: true }) => ({ ...same, phase: "left", at, ...facts }),
    abandoned: (at) => ({ ...same, phase: "abandoned", at }),
  };
}

/** The world sees a replica change its state. */
export function replica(name: string, phase: ReplicaEvent["phase"], at: number): ReplicaEvent {
  return { kind: "replica", replica: name, role: name.split("-")[0] ?? "", phase, at, who: "harness" };
}

/** A replica notices that it stood still. */
export function stall(who: string, fromMs: number, toMs: number): HistoryEvent {
  return { kind: "stall", lastedMs: toMs - fromMs, at: toMs, who };
}

/** A fault from its beginning to its heal; of a link when its name says where to: `1 cut scheduler-1 redis`. */
export function fault(name: string, target: string, beginAt: number, healAt: number): FaultEvent[] {
  const to = name.split(" ")[3];
  const same = {
    kind: "fault",
    fault: name,
    action: name.split(" ")[1] ?? "",
    targets: [target],
    who: "harness",
    ...(to === undefined ? {} : { to }),
  } as const;
  return [
    { ...same, targets: [target], phase: "begin", at: beginAt },
    { ...same, targets: [target], phase: "strike", at: beginAt },
    { ...same, targets: [target], phase: "heal", at: healAt },
  ];
}

/** A gateway lists workers. */
export function listed(via: string, workers: readonly string[], at: number): HistoryEvent {
  return { kind: "workers-read", via, workers: [...workers], at, who: "harness" };
}

/** A replica's health, seen from outside. */
export function health(
  name: string,
  healthy: boolean,
  at: number,
  says: Pick<HealthReadEvent, "without" | "redisPingMs"> = {},
): HistoryEvent {
  return { kind: "health-read", replica: name, healthy, at, who: "harness", ...says };
}

/** The run passes a milestone. */
export function milestone(phase: "boot" | "load" | "end", at: number): HistoryEvent {
  return { kind: "phase", phase, at, who: "harness" };
}

/** The wall clock at run time 0. */
export function unixOrigin(value: number): HistoryEvent {
  return { kind: "sample", name: "unix-origin-ms", value, at: 0, who: "harness" };
}
