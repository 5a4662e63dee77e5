/**
 * The vocabulary of a history: everything a witness can write down.
 *
 * Each event is one JSON object on one line, with `at` (ms since the run began, on the one monotonic clock that the
 * machine's processes share), `who` (the witness) and `kind`.
 */
export type HistoryEvent =
  | PhaseEvent
  | OperationEvent
  | ExecutionEvent
  | EffectEvent
  | DispatchEvent
  | SectionEvent
  | WriteEvent
  | FaultEvent
  | ReplicaEvent
  | StallEvent
  | JobReadEvent
  | WorkersReadEvent
  | HealthReadEvent
  | WorkflowEvent
  | RunReadEvent
  | SampleEvent;

/** An event before its witness stamps it with `at` and `who`. */
export type Observation = HistoryEvent extends infer Each
  ? Each extends HistoryEvent
    ? Omit<Each, "at" | "who"> & { at?: number }
    : never
  : never;

interface Stamped {
  /** Milliseconds since the run began. */
  at: number;
  /** The witness: `harness`, `load`, `sink`, `tap`, or a replica such as `scheduler-2`. */
  who: string;
}

/** The run passes a milestone: load begins, faults are healed, the plane has converged. */
export interface PhaseEvent extends Stamped {
  kind: "phase";
  phase: "boot" | "load" | "load-end" | "healed" | "converged" | "not-converged" | "end";
  /** The load's name, or what was still missing. */
  detail?: string;
}

/** How a client's operation ended. `unknown` means that it may have happened; it is never called an error. */
export type Outcome = "ok" | "refused" | "error" | "unknown";

/** One client operation, written when it is done (`at` is that time). */
export interface OperationEvent extends Stamped {
  kind: "op";
  op: "submit" | "cancel" | "start-run" | "decide";
  /** Unique within the run. */
  id: number;
  /** Which of the scenario's loads it belongs to. */
  load: string;
  /** The gateway it was sent to. */
  via: string;
  /** When it was due. Latency counts from here, so that a stalled generator cannot hide a stalled plane. */
  intendedAt: number;
  sentAt: number;
  outcome: Outcome;
  /** HTTP status, when there was an answer. */
  status?: number;
  /** The job that the plane acknowledged. */
  job?: string;
  /** The workflow run that the plane acknowledged, or that was decided on. */
  run?: string;
  /** For `start-run`: the workflow. */
  workflow?: string;
  /** For `decide`: the step that was approved or rejected. */
  step?: string;
  idempotencyKey?: string;
  /** The identity that limits are counted for. */
  client?: string;
  error?: string;
}

/** A worker's execution of a job begins or ends: written by the harness's own work, inside the worker process. */
export interface ExecutionEvent extends Stamped {
  kind: "execution";
  phase: "begin" | "end";
  job: string;
  /** The attempt's fencing epoch, as the dispatch carried it. */
  epoch: number;
  /** Unique for each execution. */
  execution: string;
  outcome?: "succeeded" | "failed" | "cancelled";
}

/** The effect sink's decision about one effect. */
export interface EffectEvent extends Stamped {
  kind: "effect";
  job: string;
  epoch: number;
  worker: string;
  /** `stale`: an older epoch than the one already applied. `repeated`: a newer one; the effect is already there. */
  decision: "accepted" | "stale" | "repeated";
}

/** A dispatch that the bus really stored, as a tap on the stream saw it. */
export interface DispatchEvent extends Stamped {
  kind: "dispatch";
  job: string;
  epoch: number;
  subject: string;
  /** Stream sequence number. */
  sequence: number;
}

/** A critical section under a lock or a lease, witnessed at the port of the replica that is inside. */
export interface SectionEvent extends Stamped {
  kind: "section";
  guard: "lock" | "lease";
  /** The Redis key. */
  key: string;
  /** Unique for each stay. */
  section: string;
  /**
   * `entered` and `renewed` carry `validUntil`; `left` says whether the release removed the key;
   * `abandoned`: the holder learnt, or had to assume, that the lock is no longer its own.
   */
  phase: "entered" | "renewed" | "left" | "abandoned";
  /** The moment (run time) until which the store surely keeps the key, counted from before the request was sent. */
  validUntil?: number;
  /** For `left`: whether the store removed a key. */
  removed?: boolean;
  /** For `left`: when the release was sent. The holder's stay ended then; `at` is when the answer came. */
  sentAt?: number;
}

/** A write to a job's record under a lock, and whether the store took it. */
export interface WriteEvent extends Stamped {
  kind: "write";
  job: string;
  /** The section that the writer believed to be in; absent for a worker's claim or a gateway's cancel. */
  section?: string;
  accepted: boolean;
  from?: string;
  to: string;
  epoch: number;
  /** When the write was sent: the store took it after that. `at` is when the answer came. */
  sentAt?: number;
}

/** A fault begins, strikes (a trap springs), or is healed. */
export interface FaultEvent extends Stamped {
  kind: "fault";
  phase: "begin" | "strike" | "heal";
  /** Unique within the run: `2 kill scheduler-2`. */
  fault: string;
  /** What kind of fault: `kill`, `pause`, … */
  action: string;
  targets: string[];
  /** For a fault of the network: the other end of the link, such as `redis`. */
  to?: string;
  /** For a delay of a link: how much later everything comes, in each direction. */
  delayMs?: number;
}

/** A replica changes its state, as the world that runs it sees it. */
export interface ReplicaEvent extends Stamped {
  kind: "replica";
  replica: string;
  role: string;
  phase: "starting" | "ready" | "stopping" | "exited" | "paused" | "resumed";
  pid?: number;
  exitCode?: number;
  signal?: string;
}

/** A process's event loop did not turn for a while, though nobody paused it: the machine was busy. */
export interface StallEvent extends Stamped {
  kind: "stall";
  /** The stall lasted from `at - lastedMs` to `at`. */
  lastedMs: number;
}

/** One entry of a job's own log, as the plane tells it. */
export interface JobLogEntry {
  state: string;
  epoch: number;
  /** Store's clock, ms since the Unix epoch. */
  unixMs: number;
  by: string;
}

/** What a gateway says about a job: evidence to be compared, never the oracle. */
export interface JobReadEvent extends Stamped {
  kind: "job-read";
  job: string;
  via: string;
  /** `missing` for 404. */
  state: string;
  epoch?: number;
  cause?: string;
  log?: JobLogEntry[];
}

/** The workers that a gateway lists. */
export interface WorkersReadEvent extends Stamped {
  kind: "workers-read";
  via: string;
  workers: string[];
}

/** A health probe from outside. */
export interface HealthReadEvent extends Stamped {
  kind: "health-read";
  replica: string;
  healthy: boolean;
  detail?: string;
  /** The servers that the replica says it cannot reach: `redis`, `nats`. Missing when it told nothing of them. */
  without?: string[];
  /** How long Redis took to answer the replica, by its own word. */
  redisPingMs?: number;
}

/** A workflow that the harness registered, as far as checks depend on it. Written before any of its runs begins. */
export interface WorkflowEvent extends Stamped {
  kind: "workflow";
  workflow: string;
  steps: readonly WorkflowStepFact[];
}

/** What a step of a registered workflow promises. */
export interface WorkflowStepFact {
  id: string;
  /** The steps that must have ended before it may begin. */
  after: readonly string[];
  type: "worker" | "delay" | "condition" | "parallel" | "for_each" | "approval";
  /** How many jobs it makes when nothing fails: 1 for a worker step, the children of a parallel or for_each, else 0. */
  jobs: number;
  /** For a delay: how long it waits at least. */
  delayMs?: number;
}

/** What a gateway says about a workflow run: evidence to be compared, never the oracle. */
export interface RunReadEvent extends Stamped {
  kind: "run-read";
  run: string;
  workflow: string;
  via: string;
  /** `missing` for 404. */
  state: string;
  cause?: string;
  /** By step id: its state and the number of its last attempt. */
  steps?: Readonly<Record<string, { state: string; attempt: number }>>;
}

/** A number measured along the way, such as the load generator's event-loop delay. */
export interface SampleEvent extends Stamped {
  kind: "sample";
  name: string;
  value: number;
}
