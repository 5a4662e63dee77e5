import type { Heartbeat } from "./packets.ts";

/** What a scheduler knows of one worker. Times are monotonic unless they say otherwise. */
export interface KnownWorker {
  readonly id: string;
  /** One life of the worker's process. */
  readonly session: string;
  readonly topics: ReadonlySet<string>;
  readonly activeJobs: number;
  readonly maxParallelJobs: number;
  readonly leaving: boolean;
  readonly heardAtMs: number;
  readonly heardAtUnixMs: number;
  /** When this session was first heard of. */
  readonly sessionHeardAtMs: number;
  /** Jobs given to it since that heartbeat, which its `activeJobs` cannot know of yet. */
  assigned: number;
}

/** What a heartbeat changed. */
export interface Observed {
  /** A topic that nobody served has a worker now. */
  readonly topicOnline: boolean;
  /** A worker, or a former life of it, takes no more work. */
  readonly workerGone: boolean;
}

/** More than any plane has: beyond it, new workers are not taken in. */
const mostWorkers = 10_000;

/** The workers that this replica has heard of, from their heartbeats alone. Those silent for the TTL are dead. */
export class WorkerRegistry {
  readonly #ttlMs: number;
  readonly #workers = new Map<string, KnownWorker>();

  constructor(ttlMs: number) {
    this.#ttlMs = ttlMs;
  }

  /** Takes a heartbeat in. */
  observe(heartbeat: Heartbeat, nowMs: number, nowUnixMs: number): Observed {
    const before = this.find(heartbeat.worker_id, nowMs);
    const isFull = !before && this.#workers.size >= mostWorkers;
    if (isFull || (before && isOutdated(heartbeat, before))) return { topicOnline: false, workerGone: false };

    const worker = toWorker(heartbeat, nowMs, nowUnixMs, before);
    const topicOnline = !worker.leaving && [...worker.topics].some((topic) => !this.serves(topic, nowMs));
    this.#workers.set(worker.id, worker);
    return { topicOnline, workerGone: before !== undefined && isLoss(before, worker) };
  }

  /** Drops the dead, and says how many there were. */
  expire(nowMs: number): number {
    const dead = [...this.#workers.values()].filter((worker) => !this.#isAlive(worker, nowMs));
    for (const { id } of dead) this.#workers.delete(id);
    return dead.length;
  }

  /** The worker, as long as it is not dead. It may be leaving. */
  find(id: string, nowMs: number): KnownWorker | undefined {
    const worker = this.#workers.get(id);
    return worker && this.#isAlive(worker, nowMs) ? worker : undefined;
  }

  /** Those that take work. */
  live(nowMs: number): KnownWorker[] {
    return [...this.#workers.values()].filter((worker) => this.#takesWork(worker, nowMs));
  }

  /** Those that take work of this topic. */
  *serving(topic: string, nowMs: number): Generator<KnownWorker> {
    for (const worker of this.#workers.values()) {
      if (worker.topics.has(topic) && this.#takesWork(worker, nowMs)) yield worker;
    }
  }

  /** Whether anybody takes work of this topic. */
  serves(topic: string, nowMs: number): boolean {
    return this.serving(topic, nowMs).next().done !== true;
  }

  #takesWork(worker: KnownWorker, nowMs: number): boolean {
    return !worker.leaving && this.#isAlive(worker, nowMs);
  }

  #isAlive(worker: KnownWorker, nowMs: number): boolean {
    return nowMs - worker.heardAtMs < this.#ttlMs;
  }
}

/** The farewell of a former life, or a straggler after one's own farewell: neither tells who is there now. */
function isOutdated({ session, leaving }: Heartbeat, before: KnownWorker): boolean {
  return session === before.session ? before.leaving && !leaving : leaving === true;
}

function isLoss(before: KnownWorker, after: KnownWorker): boolean {
  return before.session !== after.session || (after.leaving && !before.leaving);
}

function toWorker(heartbeat: Heartbeat, nowMs: number, nowUnixMs: number, before?: KnownWorker): KnownWorker {
  return {
    id: heartbeat.worker_id,
    session: heartbeat.session,
    topics: new Set(heartbeat.topics),
    activeJobs: Math.max(0, heartbeat.active_jobs),
    maxParallelJobs: heartbeat.max_parallel_jobs,
    leaving: heartbeat.leaving === true,
    heardAtMs: nowMs,
    heardAtUnixMs: nowUnixMs,
    sessionHeardAtMs: before?.session === heartbeat.session ? before.sessionHeardAtMs : nowMs,
    assigned: 0,
  };
}
