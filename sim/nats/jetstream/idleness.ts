import type { Clock, Random } from "../../../core/mod.ts";
import { Alarm } from "../alarm.ts";
import type { Router } from "../router.ts";
import { inOrder, type ConsumerConfig } from "./consumer-config.ts";

const defaultThresholdMs = 5_000;
const jitterMinMs = 100;
const jitterRangeMs = 900;
const nanosInMs = 1e6;

/** Whose use is watched. */
export interface Usable {
  config: ConsumerConfig;
  readonly requests: { lastActiveMs: number; readonly size: number };
  readonly home: { readonly clock: Clock; readonly router: Router; readonly random: Random };
  reviewRequests(isDry: boolean): number;
  /** Nobody uses it any more. */
  abandon(): void;
}

/** Notices that a consumer with an inactivity threshold is used by nobody any more. Ephemeral ones always have one. */
export class Idleness {
  readonly #consumer: Usable;
  readonly #alarm: Alarm;
  #thresholdMs = 0;

  constructor(consumer: Usable) {
    this.#consumer = consumer;
    const { clock, router } = consumer.home;
    this.#alarm = new Alarm(clock, () => router.turn.run(() => this.#check()));
  }

  /** Whether there is a threshold at all. */
  get isWatched(): boolean {
    return this.#thresholdMs > 0;
  }

  /**
   * Begins to watch, with some time on top so that not all look at once.
   *
   * @param isDurable - whether it is watched only if its configuration says so
   */
  start(isDurable: boolean): void {
    const { config, home } = this.#consumer;
    const { inactive_threshold: nanos = 0 } = config;
    this.#alarm.clear();
    if (nanos <= 0 && isDurable) return void (this.#thresholdMs = 0);
    const baseMs = nanos > 0 ? nanos / nanosInMs : defaultThresholdMs;
    this.#thresholdMs = baseMs + jitterMinMs + home.random.int(jitterRangeMs);
    if (nanos <= 0) this.#consumer.config = inOrder({ ...config, inactive_threshold: defaultThresholdMs * nanosInMs });
    this.#alarm.reset(this.#thresholdMs);
  }

  /** It has been used. */
  touch(): void {
    const { requests, home } = this.#consumer;
    if (this.isWatched) requests.lastActiveMs = home.clock.now();
  }

  stop(): void {
    this.#alarm.clear();
  }

  #check(): void {
    const { requests, home, config } = this.#consumer;
    const idleMs = home.clock.now() - requests.lastActiveMs;
    if (idleMs <= (config.inactive_threshold ?? 0) / nanosInMs) return this.#alarm.reset(this.#thresholdMs - idleMs);
    this.#consumer.reviewRequests(true);
    if (requests.size > 0) this.#alarm.reset(this.#thresholdMs);
    else this.#consumer.abandon();
  }
}
