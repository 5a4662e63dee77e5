import { seededRandom, type HistoryEvent, type JobLogEntry, type Random, type SectionEvent } from "../../core/mod.ts";

/** The limit that the made-up client keeps running into. */
export const madeLimitPerSecond = 100;

const offeredPerSecond = 300;
const eventsPerJob = 17;
const unixOriginMs = 1_700_000_000_000;
const replicas = ["gateway", "scheduler", "worker"].flatMap((role) => [`${role}-1`, `${role}-2`]);

/**
 * About this many events of a run in which everything went well, in order of time: a client at three times its limit,
 * jobs that are locked, dispatched, executed and read back, leases, probes, and a scheduler that sleeps now and then.
 */
export function* madeHistory(events: number, seed: string): Generator<HistoryEvent> {
  const random = seededRandom(seed);
  const jobs = Math.max(1, Math.floor(events / eventsPerJob));
  const endMs = bootedMs + (jobs * 1_000) / madeLimitPerSecond;
  yield* inOrder(beginning());
  let pending: HistoryEvent[] = [];
  for (let second = 0; bootedMs + second * 1_000 < endMs; second++) {
    pending.push(...secondOf(second, jobs, random));
    pending = inOrder(pending);
    const until = bootedMs + (second + 1) * 1_000;
    const later = pending.findIndex(({ at }) => at >= until);
    yield* later < 0 ? pending.splice(0) : pending.splice(0, later);
  }
  yield* pending;
  yield* finalReads(jobs, endMs + 1_000);
}

const bootedMs = 1_000;

function beginning(): HistoryEvent[] {
  return [
    { kind: "sample", name: "unix-origin-ms", value: unixOriginMs, at: 0, who: "harness" },
    { kind: "phase", phase: "boot", at: 0, who: "harness" },
    ...replicas.map((replica): HistoryEvent => {
      const role = replica.slice(0, -2);
      return { kind: "replica", replica, role, phase: "ready", at: 500, who: "harness" };
    }),
    ...["reconciler", "replayer"].map((name): HistoryEvent => lease(name, "entered", 600)),
  ];
}

/** One second of load, with its probes and renewals. */
function* secondOf(second: number, jobs: number, random: Random): Generator<HistoryEvent> {
  const fromMs = bootedMs + second * 1_000;
  for (let index = 0; index < offeredPerSecond; index++) {
    const job = second * madeLimitPerSecond + index / 3;
    if (job >= jobs) break;
    const sentAt = fromMs + (index * 1_000) / offeredPerSecond;
    if (Number.isInteger(job)) yield* lifeOf(job, sentAt, random);
    else yield submission(sentAt, 1 + random.next(), { outcome: "refused", status: 429 });
  }
  for (const name of ["reconciler", "replayer"]) yield lease(name, "renewed", fromMs + 10);
  for (let quarter = 0; quarter < 4; quarter++) yield* probes(fromMs + quarter * 250 + 20);
  if (second % 20 === 10) yield* nap(second, fromMs);
}

function submission(
  sentAt: number,
  tookMs: number,
  ending: { outcome: "ok" | "refused"; status: number; job?: string },
): HistoryEvent {
  const id = Math.round(sentAt * 10);
  const times = { intendedAt: sentAt - 0.4, sentAt, at: sentAt + tookMs };
  const where = { load: "steady", via: `gateway-${1 + (id % 2)}`, client: "load", who: "harness" };
  return { kind: "op", op: "submit", id, ...where, ...times, ...ending };
}

/** A job from its submission to its end, within 100 ms. */
function* lifeOf(number: number, sentAt: number, random: Random): Generator<HistoryEvent> {
  const job = jobId(number);
  const [gateway, scheduler, worker] = [`gateway-${1 + (number % 2)}`, "scheduler-1", `worker-${1 + (number % 2)}`];
  const step = (from: number): number => from + 0.5 + random.next() * 5;
  const written = (to: string, epoch: number, who: string, at: number, section = {}): HistoryEvent => {
    return { kind: "write", job, accepted: true, to, epoch, who, at, sentAt: at - 0.3, ...section };
  };
  const acknowledged = sentAt + 2 + random.next();
  yield written("PENDING", 0, gateway, acknowledged - 0.5);
  yield submission(sentAt, acknowledged - sentAt, { outcome: "ok", status: 202, job });
  const locked = step(acknowledged);
  yield* underLock(job, 1, locked, (section) => written("DISPATCHED", 1, scheduler, locked + 0.8, section));
  yield {
    kind: "dispatch",
    job,
    epoch: 1,
    subject: `worker.${worker}.jobs`,
    sequence: number + 1,
    at: locked + 1.2,
    who: "tap",
  };
  const begun = step(locked + 1.2);
  yield written("RUNNING", 1, worker, begun);
  const execution = { kind: "execution", job, epoch: 1, execution: `${worker}/${job}`, who: worker } as const;
  yield { ...execution, phase: "begin", at: begun + 0.1 };
  const done = step(begun + 0.1);
  yield { kind: "effect", job, epoch: 1, worker, decision: "accepted", at: done, who: "sink" };
  yield { ...execution, phase: "end", outcome: "succeeded", at: done + 0.1 };
  const closing = step(done);
  yield* underLock(job, 2, closing, (section) => written("SUCCEEDED", 1, scheduler, closing + 0.8, section));
}

function* underLock(
  job: string,
  stay: number,
  at: number,
  write: (section: { section: string }) => HistoryEvent,
): Generator<HistoryEvent> {
  const section = `scheduler-1:${job}:${stay}`;
  const lock = {
    kind: "section",
    guard: "lock",
    key: `cordum:scheduler:job:${job}`,
    section,
    who: "scheduler-1",
  } as const;
  yield { ...lock, phase: "entered", validUntil: at + 30_000, at };
  yield write({ section });
  yield { ...lock, phase: "left", removed: true, sentAt: at + 1, at: at + 1.5 };
}

function lease(name: string, phase: SectionEvent["phase"], at: number): SectionEvent {
  const section = `scheduler-1:${name}`;
  const key = `cordum:${name}:default`;
  return { kind: "section", guard: "lease", key, section, phase, validUntil: at + 6_000, at, who: "scheduler-1" };
}

function* probes(at: number): Generator<HistoryEvent> {
  for (const via of ["gateway-1", "gateway-2"]) {
    yield { kind: "workers-read", via, workers: ["worker-1", "worker-2"], at, who: "harness" };
  }
  for (const replica of replicas) yield { kind: "health-read", replica, healthy: true, at, who: "harness" };
}

/** The scheduler that leads nothing sleeps for half a second. */
function* nap(second: number, at: number): Generator<HistoryEvent> {
  const [target, who] = ["scheduler-2", "harness"];
  const fault = { kind: "fault", fault: `${second} pause ${target}`, action: "pause", targets: [target], who } as const;
  const replica = { kind: "replica", replica: target, role: "scheduler", who } as const;
  yield { ...fault, targets: [target], phase: "begin", at };
  yield { ...replica, phase: "paused", at: at + 1 };
  yield { ...replica, phase: "resumed", at: at + 501 };
  yield { kind: "stall", lastedMs: 500, at: at + 502, who: target };
  yield { ...fault, targets: [target], phase: "heal", at: at + 503 };
}

/** The leader steps down, and then every job is read through both gateways. */
function* finalReads(jobs: number, fromMs: number): Generator<HistoryEvent> {
  for (const name of ["reconciler", "replayer"]) {
    yield { ...lease(name, "left", fromMs), removed: true, sentAt: fromMs - 1 };
  }
  for (let number = 0; number < jobs; number++) {
    const read = { kind: "job-read", job: jobId(number), state: "SUCCEEDED", epoch: 1, who: "harness" } as const;
    for (const via of ["gateway-1", "gateway-2"]) yield { ...read, via, log: [...usualLog], at: fromMs + number };
  }
  yield { kind: "phase", phase: "end", at: fromMs + jobs, who: "harness" };
}

const usualLog: readonly JobLogEntry[] = [
  { state: "PENDING", epoch: 0, unixMs: unixOriginMs + 1, by: "gateway-1" },
  { state: "SCHEDULED", epoch: 1, unixMs: unixOriginMs + 2, by: "scheduler-1" },
  { state: "DISPATCHED", epoch: 1, unixMs: unixOriginMs + 2, by: "scheduler-1" },
  { state: "RUNNING", epoch: 1, unixMs: unixOriginMs + 3, by: "worker-1" },
  { state: "SUCCEEDED", epoch: 1, unixMs: unixOriginMs + 4, by: "scheduler-1" },
];

function jobId(number: number): string {
  return `job-${number.toString(16).padStart(8, "0")}-4c1e-9d2a`;
}

function inOrder(events: readonly HistoryEvent[]): HistoryEvent[] {
  return events.toSorted((a, b) => a.at - b.at);
}
