import type {
  DispatchEvent,
  EffectEvent,
  HealthReadEvent,
  JobReadEvent,
  OperationEvent,
  PhaseEvent,
  ReplicaEvent,
  RunReadEvent,
  SampleEvent,
  SectionEvent,
  StallEvent,
  WorkersReadEvent,
  WorkflowEvent,
  WriteEvent,
} from "./events.ts";

/** A finished run, indexed by subject. Everything is in order of time. Checks and reports read nothing else. */
export interface History {
  /** How many events were read. */
  readonly size: number;
  /** Time of the last event. */
  readonly endedAt: number;
  readonly phases: readonly PhaseEvent[];
  readonly operations: readonly OperationEvent[];
  readonly jobs: ReadonlyMap<string, JobHistory>;
  readonly sections: readonly SectionHistory[];
  readonly faults: readonly FaultWindow[];
  readonly replicas: readonly ReplicaEvent[];
  readonly stalls: readonly StallEvent[];
  readonly workersReads: readonly WorkersReadEvent[];
  readonly healthReads: readonly HealthReadEvent[];
  /** The workflows that were registered. */
  readonly workflows: readonly WorkflowEvent[];
  readonly runReads: readonly RunReadEvent[];
  readonly samples: readonly SampleEvent[];
}

/** Everything that witnesses wrote about one job. */
export interface JobHistory {
  readonly id: string;
  /** When the plane first acknowledged it to a client. A promise, from then on. */
  readonly acknowledgedAt: number | undefined;
  /** The load that submitted it. */
  readonly load: string | undefined;
  readonly executions: readonly ExecutionHistory[];
  readonly effects: readonly EffectEvent[];
  readonly dispatches: readonly DispatchEvent[];
  readonly writes: readonly WriteEvent[];
  readonly reads: readonly JobReadEvent[];
}

/** One execution of a job by a worker. */
export interface ExecutionHistory {
  readonly execution: string;
  readonly epoch: number;
  readonly worker: string;
  readonly beginAt: number;
  /** Missing when it never ended: its worker died, or the run was over. */
  readonly endAt: number | undefined;
  readonly outcome: "succeeded" | "failed" | "cancelled" | undefined;
}

/** One stay in a critical section. */
export interface SectionHistory {
  readonly guard: SectionEvent["guard"];
  readonly key: string;
  readonly section: string;
  readonly who: string;
  readonly enteredAt: number;
  /** When it was last renewed; the same as `enteredAt` when it never was. */
  readonly renewedAt: number;
  /** How often it was renewed. */
  readonly renewals: number;
  /** Until when the store surely kept the key, after the last renewal. */
  readonly validUntil: number;
  /** When the holder stopped acting as one: when it sent the release, or noted that the lock was lost. */
  readonly endedAt: number | undefined;
  /** When the end was noted: for a release, when its answer came. */
  readonly endNotedAt: number | undefined;
  readonly end: "left" | "abandoned" | undefined;
  /** For `left`: whether the store removed a key. */
  readonly removed: boolean | undefined;
}

/** A fault from its beginning to its heal. */
export interface FaultWindow {
  /** `2 kill scheduler-2` */
  readonly fault: string;
  readonly action: string;
  readonly targets: readonly string[];
  /** For a fault of the network: the other end of the link, such as `redis`. */
  readonly to?: string;
  /** For a delay of a link: how much later everything comes, in each direction. */
  readonly delayMs?: number;
  readonly beginAt: number;
  /** When a trap sprang, missing if it never did; the same as `beginAt` for other faults. */
  readonly struckAt: number | undefined;
  readonly healAt: number | undefined;
}
