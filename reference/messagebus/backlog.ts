import { isPaused, resumesInMs, type BackpressureRule } from "../domain/messagebus/backpressure.ts";
import { RankedQueue } from "../domain/messagebus/ranked-queue.ts";
import type { Entry } from "./under-way.ts";

/** How much may wait, and when that is too much. */
export interface BacklogLimits extends BackpressureRule {
  readonly queueSizeMax: number;
}

/** Entries by where they wait. */
export interface Waiting {
  readonly queued: readonly Entry[];
  readonly inBackoff: readonly Entry[];
}

/**
 * Everything that waits on one shard: in the high and the normal queue, parked until its topic has switched, or in
 * backoff. Both queues are measured with what is parked or put off for them, since all of it comes back to them; and
 * what comes back is never refused, for it was accepted before.
 */
export class Backlog {
  readonly #limits: BacklogLimits;
  readonly #queues = { normal: new RankedQueue<Entry>(), high: new RankedQueue<Entry>() };
  readonly #parked = new Set<Entry>();
  readonly #inBackoff = new Set<Entry>();
  /** For each queue: what is in it, and what will come to it. */
  readonly #waiting = { normal: 0, high: 0 };
  #pause: { readonly sinceMs: number; taken: number } | undefined;

  constructor(limits: BacklogLimits) {
    this.#limits = limits;
  }

  get isPaused(): boolean {
    return this.#pause !== undefined;
  }

  get queued(): number {
    return this.#queues.normal.size + this.#queues.high.size + this.#parked.size;
  }

  get inBackoff(): number {
    return this.#inBackoff.size;
  }

  get depth(): { normal: number; high: number } {
    const depth = { ...this.#waiting };
    for (const { queue } of this.#inBackoff) depth[queue] -= 1;
    return depth;
  }

  add(entry: Entry, nowMs: number): void {
    this.#queues[entry.queue].add(entry);
    this.#count(entry, 1, nowMs);
  }

  park(entry: Entry, nowMs: number): void {
    this.#parked.add(entry);
    this.#count(entry, 1, nowMs);
  }

  /** The entry's topic has switched: it may be taken from now on. */
  unpark(entry: Entry): void {
    this.#parked.delete(entry);
    this.#queues[entry.queue].add(entry);
  }

  /** High before normal, always. */
  take(nowMs: number): Entry | undefined {
    const entry = this.#queues.high.take() ?? this.#queues.normal.take();
    if (!entry) return undefined;
    if (this.#pause) this.#pause.taken += 1;
    this.#count(entry, -1, nowMs);
    return entry;
  }

  putOff(entry: Entry, nowMs: number): void {
    this.#inBackoff.add(entry);
    this.#count(entry, 1, nowMs);
  }

  comeBack(entry: Entry): void {
    this.#inBackoff.delete(entry);
    this.#queues[entry.queue].add(entry);
  }

  /** When a publisher had better come back, at the rate of this pause. */
  resumesInMs(nowMs: number): number {
    const { queueSizeMax, resumeBelow } = this.#limits;
    const { sinceMs, taken } = this.#pause ?? { sinceMs: nowMs, taken: 0 };
    const excess = this.#fullest() - Math.ceil(resumeBelow * queueSizeMax) + 1;
    return resumesInMs({ excess, drained: taken, elapsedMs: nowMs - sinceMs });
  }

  /** Gives everything up. */
  clear(): Waiting {
    const queued = [...this.#queues.high.clear(), ...this.#queues.normal.clear(), ...this.#parked];
    const inBackoff = [...this.#inBackoff];
    this.#parked.clear();
    this.#inBackoff.clear();
    Object.assign(this.#waiting, { normal: 0, high: 0 });
    this.#pause = undefined;
    return { queued, inBackoff };
  }

  #fullest(): number {
    return Math.max(this.#waiting.normal, this.#waiting.high);
  }

  #count({ queue }: Entry, change: 1 | -1, nowMs: number): void {
    this.#waiting[queue] += change;
    const paused = isPaused(this.#limits, this.isPaused, this.#fullest() / this.#limits.queueSizeMax);
    if (paused === this.isPaused) return;
    this.#pause = paused ? { sinceMs: nowMs, taken: 0 } : undefined;
  }
}
