import type { Clock } from "../../core/mod.ts";
import { retryDelayMs, type RetryRule } from "../domain/messagebus/retry-rule.ts";
import { attempt, type Failure } from "./attempt.ts";
import { Backlog, type BacklogLimits } from "./backlog.ts";
import type { Ledger, ShardStats } from "./bus-stats.ts";
import type { DeathCause } from "./dead-letter.ts";
import type { Observer } from "./observer.ts";
import type { Turns } from "./turns.ts";
import type { Entry, Move } from "./under-way.ts";

/** What the shards of a bus have in common. */
export interface ShardParts {
  readonly clock: Clock;
  readonly limits: BacklogLimits & RetryRule & { readonly workersPerShard: number };
  readonly turns: Turns;
  readonly observer: Observer;
  /** Aborts when the bus gives its messages back. */
  readonly signal: AbortSignal;
  /** The entry has reached its end; with a death where nobody took it. */
  readonly settled: (entry: Entry, death?: Death) => void;
}

/** How a message ended that nobody took. */
export interface Death {
  readonly cause: DeathCause;
  readonly detail: string;
}

/** What a shard gave up when the bus stopped. */
export interface GivenUp {
  readonly queued: readonly Entry[];
  readonly inBackoff: readonly Entry[];
  readonly inHand: readonly Entry[];
}

/**
 * One shard: a backlog, and the workers that take from it. A worker is busy from the take until the last handler's
 * promise has settled, and there are never more of them than `workersPerShard`.
 */
export class Shard {
  readonly number: number;
  /** It is off the ring. */
  retiring = false;
  /** By an operator. */
  pausedByOperator = false;
  readonly #parts: ShardParts;
  readonly #backlog: Backlog;
  readonly #inHand = new Set<Entry>();
  readonly #tally = { accepted: 0, delivered: 0, deadLettered: 0, givenBack: 0, refused: 0, retried: 0 };
  #woken = false;

  constructor(number: number, parts: ShardParts) {
    this.number = number;
    this.#parts = parts;
    this.#backlog = new Backlog(parts.limits);
  }

  get hasBackpressure(): boolean {
    return this.#backlog.isPaused;
  }

  /** When a publisher had better come back. */
  resumesInMs(nowMs: number): number {
    return this.#backlog.resumesInMs(nowMs);
  }

  refuse(): void {
    this.#tally.refused += 1;
  }

  accept(entry: Entry, nowMs: number): void {
    this.#tally.accepted += 1;
    const { move } = entry.route;
    if (move) return this.#park(entry, move, nowMs);
    this.#backlog.add(entry, nowMs);
    this.#wake();
  }

  /** These entries' topic has switched to this shard. */
  unpark(entries: readonly Entry[]): void {
    for (const entry of entries) this.#backlog.unpark(entry);
    this.#wake();
  }

  /** Takes on as much as there are workers for. */
  work(nowMs: number): void {
    const { limits, turns } = this.#parts;
    while (this.#inHand.size < limits.workersPerShard && this.#backlog.queued > 0 && turns.mayTake(nowMs)) {
      const entry = this.#backlog.take(nowMs);
      if (!entry) return;
      void this.#deliver(entry, nowMs);
    }
  }

  /** Gives up everything; whatever a handler answers from now on changes nothing any more. */
  giveUp(): GivenUp {
    const inHand = [...this.#inHand];
    this.#inHand.clear();
    const { queued, inBackoff } = this.#backlog.clear();
    for (const { timer } of inBackoff) timer?.cancel();
    this.#tally.givenBack += queued.length + inBackoff.length + inHand.length;
    return { queued, inBackoff, inHand };
  }

  stats(): ShardStats {
    const { refused, retried } = this.#tally;
    const pausedBy = this.pausedByOperator ? "operator" : this.hasBackpressure ? "backpressure" : undefined;
    return {
      ...{ shard: this.number, depth: this.#backlog.depth, busyWorkers: this.#inHand.size },
      ...{ paused: pausedBy !== undefined, pausedBy, retiring: this.retiring, refused, retried },
      ledger: this.ledger(),
    };
  }

  ledger(): Ledger {
    const { accepted, delivered, deadLettered, givenBack } = this.#tally;
    const { queued, inBackoff } = this.#backlog;
    return { accepted, delivered, deadLettered, queued, inBackoff, inHand: this.#inHand.size, givenBack };
  }

  #park(entry: Entry, move: Move, nowMs: number): void {
    move.parked.push(entry);
    this.#backlog.park(entry, nowMs);
  }

  /** Not at once: no handler runs in its publisher's call, and a burst of messages is looked at as one. */
  #wake(): void {
    if (this.#woken) return;
    this.#woken = true;
    queueMicrotask(() => {
      this.#woken = false;
      this.work(this.#parts.clock.now());
    });
  }

  async #deliver(entry: Entry, nowMs: number): Promise<void> {
    const { clock, signal, observer } = this.#parts;
    this.#inHand.add(entry);
    entry.startedAtMs = nowMs;
    entry.attempts += 1;
    observer.started(entry);
    const failure = await attempt(entry, signal, observer);
    if (!this.#inHand.delete(entry)) return;
    const endedAtMs = clock.now();
    if (failure) this.#failed(entry, failure, endedAtMs);
    else this.#delivered(entry, endedAtMs);
    this.work(endedAtMs);
  }

  #delivered(entry: Entry, nowMs: number): void {
    this.#tally.delivered += 1;
    this.#parts.observer.ended(entry, "delivered", nowMs);
    this.#parts.settled(entry);
  }

  #failed(entry: Entry, { cause, detail }: Failure, nowMs: number): void {
    const delayMs = cause ? undefined : retryDelayMs(this.#parts.limits, entry.attempts);
    if (delayMs !== undefined) return this.#putOff(entry, delayMs, nowMs);
    this.#tally.deadLettered += 1;
    this.#parts.observer.ended(entry, "dead-lettered", nowMs);
    this.#parts.settled(entry, { cause: cause ?? "retries_exhausted", detail });
  }

  #putOff(entry: Entry, delayMs: number, nowMs: number): void {
    this.#tally.retried += 1;
    this.#parts.observer.ended(entry, "retried", nowMs);
    this.#backlog.putOff(entry, nowMs);
    entry.timer = this.#parts.clock.after(delayMs, () => this.#comeBack(entry));
  }

  #comeBack(entry: Entry): void {
    const nowMs = this.#parts.clock.now();
    entry.enqueuedAtMs = nowMs;
    this.#backlog.comeBack(entry);
    this.work(nowMs);
  }
}
