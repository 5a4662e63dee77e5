/** Whether one more request may pass. */
export interface Admission {
  readonly allowed: boolean;
  /** Requests a second. */
  readonly limit: number;
  /** How many more would pass right now. */
  readonly remaining: number;
  /** When to try again, and when the window is full again. */
  readonly retryAfterMs: number;
  readonly resetAfterMs: number;
  /** `local`: Redis is away, and this replica admits its share (limit / replicas) by itself. */
  readonly mode: "shared" | "local";
}

/** The request limiter: one limit for a key over all replicas. */
export interface Limiter {
  admit(key: string, limitPerSecond: number): Promise<Admission>;
}

/** What an idempotency key stands for, forever. */
export interface Reservation {
  readonly job: string;
  /** Digest of the request that made it: another request under the same key is a conflict. */
  readonly digest: string;
  /** Whether this call made it. */
  readonly first: boolean;
}

/** Idempotency keys. The first caller decides the job's id; everyone after it gets the same. */
export interface Idempotency {
  reserve(tenant: string, key: string, wanted: { job: string; digest: string }): Promise<Reservation>;
}

/** A worker as the plane knows it from its heartbeats. */
export interface WorkerInfo {
  readonly id: string;
  /** One life of the process. */
  readonly session: string;
  readonly topics: readonly string[];
  readonly activeJobs: number;
  readonly maxParallelJobs: number;
  readonly lastSeenUnixMs: number;
}

/** The list of workers that every gateway shows, written by the one leader. */
export interface WorkerSnapshot {
  readonly capturedUnixMs: number;
  readonly writer: string;
  readonly epoch: number;
  readonly workers: readonly WorkerInfo[];
}

/** Where the snapshot is kept: `sys:workers:snapshot`. */
export interface WorkerSnapshots {
  /** Refused (false) when a later epoch has written already. */
  write(snapshot: WorkerSnapshot): Promise<boolean>;
  read(): Promise<WorkerSnapshot | undefined>;
}

/** Why something ended badly. */
export interface DeadLetter {
  /** Job id, or `msg:<stream>:<sequence>` for a message that nobody could read. */
  readonly id: string;
  readonly topic: string;
  readonly cause: string;
  readonly lastState: string;
  readonly attempts: number;
  readonly createdUnixMs: number;
}

/** The dead letter queue: `dlq:entry:<id>` and `dlq:index`. Recording the same id twice keeps one entry. */
export interface DeadLetters {
  record(letter: DeadLetter): Promise<void>;
  read(id: string): Promise<DeadLetter | undefined>;
  count(): Promise<number>;
}

/** Is the store there? */
export interface StoreHealth {
  /** Round trip in ms. Rejects when Redis is away. */
  ping(): Promise<number>;
  pool(): { connections: number; idle: number; limit: number };
}
