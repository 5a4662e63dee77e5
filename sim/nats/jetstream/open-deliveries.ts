import type { Clock } from "../../../core/mod.ts";
import { Alarm } from "../alarm.ts";
import type { Router } from "../router.ts";
import type { ConsumerConfig } from "./consumer-config.ts";
import type { MessageStore } from "./message-store.ts";
import type { Progress } from "./progress.ts";
import type { RedeliveryQueue } from "./redelivery-queue.ts";

/** Whose deliveries are open. */
export interface Delivering {
  readonly config: ConsumerConfig;
  readonly progress: Progress;
  readonly redeliveries: RedeliveryQueue;
  readonly home: { readonly clock: Clock; readonly router: Router; readonly store: MessageStore };
  lastDeliveredUnixMs: number | undefined;
  touch(): void;
  wake(): void;
}

/** Lets messages that were delivered together be delivered again together. */
const slackMs = 1;
const afterDelayedNakMs = 10;
const afterStartMs = 500;
const nanosInMs = 1e6;

/** What a consumer delivered and nobody has acknowledged yet: when each message is to be delivered again. */
export class OpenDeliveries {
  readonly #consumer: Delivering;
  readonly #alarm: Alarm;

  constructor(consumer: Delivering) {
    this.#consumer = consumer;
    const { clock, router } = consumer.home;
    this.#alarm = new Alarm(clock, () => router.turn.run(() => this.check()));
  }

  /** A message goes out. */
  track(sequence: number, delivery: number): void {
    const { progress, home } = this.#consumer;
    const nowMs = home.clock.now();
    if (!this.#alarm.isSet) this.#alarm.reset(this.#ackWaitMs + slackMs);
    const known = progress.pending.get(sequence);
    if (known) known.sinceMs = nowMs;
    else progress.pending.set(sequence, { delivery, sinceMs: nowMs });
  }

  /** It is still being worked on: the wait begins anew. */
  extend(sequence: number): void {
    const { progress, home } = this.#consumer;
    const pending = progress.pending.get(sequence);
    if (!pending) return;
    this.#consumer.touch();
    pending.sinceMs = home.clock.now();
    this.#consumer.lastDeliveredUnixMs = home.clock.unixMs();
  }

  /** It shall come again after so long. */
  postpone(sequence: number, delayMs: number): void {
    const { progress, home, redeliveries } = this.#consumer;
    redeliveries.remove(sequence);
    const pending = progress.pending.get(sequence);
    if (!pending) return;
    this.#consumer.touch();
    pending.sinceMs = home.clock.now() - this.#ackWaitMs + delayMs;
    this.#consumer.lastDeliveredUnixMs = home.clock.unixMs();
    if (this.#alarm.isSet) this.#alarm.reset(afterDelayedNakMs);
  }

  /** Looks again before long: the wait has changed, or the server has come back. */
  checkWithin(delayMs: number): void {
    this.#alarm.reset(delayMs);
  }

  /** After a start: sooner than the wait would say, in case something is inconsistent. */
  checkSoon(jitterMs: number): void {
    this.#alarm.reset(Math.min(afterStartMs + jitterMs, this.#ackWaitMs + slackMs));
  }

  get isWatching(): boolean {
    return this.#alarm.isSet;
  }

  stop(): void {
    this.#alarm.clear();
  }

  /** Queues what has waited too long. */
  check(): void {
    this.#dropRemoved();
    const nowMs = this.#consumer.home.clock.now();
    const { expired, nextMs } = this.#expired(nowMs);
    if (expired.length > 0) this.#redeliver(expired, nowMs);
    if (this.#consumer.progress.pending.size > 0) this.#alarm.reset(nextMs + slackMs);
  }

  #expired(nowMs: number): { expired: number[]; nextMs: number } {
    const { progress, config, redeliveries } = this.#consumer;
    const backoff = config.backoff ?? [];
    let nextMs = backoff.length > 0 ? backoff.at(-1)! / nanosInMs : this.#ackWaitMs + slackMs;
    const expired: number[] = [];
    for (const [sequence, { sinceMs }] of progress.pending) {
      const [waitMs, afterThatMs] = this.#waits(progress.redelivered.get(sequence) ?? 0);
      nextMs = Math.min(nextMs, afterThatMs);
      const leftMs = waitMs - (nowMs - sinceMs);
      if (leftMs > 0) nextMs = Math.min(nextMs, leftMs);
      else if (!redeliveries.has(sequence)) expired.push(sequence);
    }
    return { expired, nextMs };
  }

  /** How long this delivery may stay unacknowledged, and how long the next one. */
  #waits(redelivered: number): [number, number] {
    const { backoff = [] } = this.#consumer.config;
    if (backoff.length === 0) return [this.#ackWaitMs, Infinity];
    const last = backoff.length - 1;
    const waitNanos = backoff[Math.min(redelivered, last)]!;
    return [waitNanos / nanosInMs, backoff[Math.min(redelivered + 1, last)]! / nanosInMs];
  }

  /** In the order of the stream; the times keep their distance, so that they stay in this order. */
  #redeliver(expired: number[], nowMs: number): void {
    const { progress, redeliveries } = this.#consumer;
    expired.sort((one, other) => one - other);
    const aheadMs = nowMs - progress.pending.get(expired[0]!)!.sinceMs;
    for (const sequence of expired) {
      redeliveries.add(sequence);
      progress.pending.get(sequence)!.sinceMs += aheadMs;
    }
    this.#consumer.wake();
  }

  #dropRemoved(): void {
    const { progress, redeliveries, home } = this.#consumer;
    for (const sequence of progress.pending.keys()) {
      if (sequence >= home.store.first) continue;
      progress.pending.delete(sequence);
      progress.redelivered.delete(sequence);
      redeliveries.remove(sequence);
    }
  }

  get #ackWaitMs(): number {
    return (this.#consumer.config.ack_wait ?? 0) / nanosInMs;
  }
}
