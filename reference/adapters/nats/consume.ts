import { setMaxListeners } from "node:events";

import type { JetStreamManager } from "@nats-io/jetstream";

import { EnvironmentError, messageOf, type Clock, type Timer } from "../../../core/mod.ts";
import type { ConsumeOptions, Consumption, Log, Metrics } from "../../ports/mod.ts";
import { decideWith, type Handler } from "./decide.ts";
import { ensureConsumer, type ConsumerSettings, type DurableConsumer } from "./durable-consumer.ts";
import { Hand } from "./hand.ts";
import { Intake } from "./intake.ts";
import type { Link } from "./link.ts";
import type { NatsMsg } from "./nats-client.ts";
import { retryWithin } from "./patience.ts";
import { StallWatch } from "./stall-watch.ts";
import { releaseOf, type Unstarted } from "./unstarted.ts";

const flushWithinMs = 2_000;

/** What consumptions need of the bus. */
export interface ConsumeParts {
  readonly link: Link;
  readonly manager: JetStreamManager;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly consumer: ConsumerSettings;
  readonly unstarted: Unstarted;
  /** How long the consumer may take to exist. */
  readonly withinMs: number;
}

/**
 * Starts to consume: pulls from the shared durable consumer, and keeps doing so over outages.
 *
 * @throws EnvironmentError `consumer_refused` when the durable consumer cannot be had.
 */
export async function consume(parts: ConsumeParts, options: ConsumeOptions, handler: Handler): Promise<Consumption> {
  const ensure = (): Promise<DurableConsumer> => ensureConsumer(parts.manager, options, parts.consumer);
  try {
    const { ackWaitMs } = await retryWithin(parts.clock, parts.withinMs, ensure);
    return new PullConsumption(parts, options, handler, ackWaitMs, ensure);
  } catch (thrown) {
    throw new EnvironmentError(
      "consumer_refused",
      `NATS did not provide a consumer of ${options.subject}: ${messageOf(thrown)}`,
      `check that the stream ${options.stream} exists and has that subject`,
      thrown,
    );
  }
}

class PullConsumption implements Consumption {
  readonly #parts: ConsumeParts;
  readonly #options: ConsumeOptions;
  readonly #stopping = new AbortController();
  readonly #hand: Hand;
  readonly #intake: Intake;
  readonly #watch: StallWatch;
  readonly #ticker: Timer;
  readonly #ableCheck: Timer | undefined;
  #isAble = true;
  #stopped: Promise<void> | undefined;

  constructor(
    parts: ConsumeParts,
    options: ConsumeOptions,
    handler: Handler,
    ackWaitMs: number,
    ensure: () => Promise<DurableConsumer>,
  ) {
    const { link, clock, log } = parts;
    this.#parts = parts;
    this.#options = options;
    // Every handler that runs may listen to it.
    setMaxListeners(0, this.#stopping.signal);
    this.#watch = new StallWatch(clock, ackWaitMs);
    this.#hand = this.#makeHand(handler, ackWaitMs);
    const owner = {
      receive: (message: NatsMsg) => this.#hand.take(message, this.#watch.aliveMs),
      room: () => this.#hand.room(),
    };
    this.#intake = new Intake({ link, clock, log, ensure, owner });
    this.#ticker = clock.every(ackWaitMs / 3, () => this.#tick());
    const { able } = options;
    this.#ableCheck = able && link.ticker.add(() => void this.#setAble(able()));
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    this.#ableCheck?.cancel();
    // In this order: what is handed back while the server still holds a request of ours would come back to us.
    await this.#intake.stop();
    await this.#hand.finish();
    this.#ticker.cancel();
    if (await this.#parts.link.flush(flushWithinMs)) return;
    this.#parts.log.warn("Stopped without the server's word that it has our answers", this.#facts());
  }

  #makeHand(handler: Handler, ackWaitMs: number): Hand {
    const { link, clock, log, metrics, unstarted } = this.#parts;
    const { subject, concurrency } = this.#options;
    return new Hand({
      ...{ link, clock, ackWaitMs, concurrency },
      stopping: this.#stopping.signal,
      decide: decideWith(handler, log, metrics, subject),
      release: releaseOf(unstarted, metrics, subject),
      onRoom: () => this.#intake.refill(),
      onStale: () => this.#dropped(),
    });
  }

  /** After a stall, what still lies in the socket cannot be told from what has been given to others since. */
  #tick(): void {
    if (this.#watch.stalled()) {
      this.#parts.log.warn("This process stood still for longer than the acknowledgement wait", this.#facts());
      this.#intake.discard("this process stood still");
    }
    this.#watch.tick();
    this.#hand.extendAll();
  }

  /** A replica that can do nothing with messages would only hold them up. */
  async #setAble(able: boolean): Promise<void> {
    if (able === this.#isAble) return;
    this.#isAble = able;
    this.#parts.log.warn(able ? "Takes messages again" : "Takes no messages for now", this.#facts());
    if (able) {
      this.#hand.resume();
      return this.#intake.resume();
    }
    this.#hand.pause();
    await this.#intake.pause("this replica can do nothing with messages");
    if (!this.#isAble) this.#hand.handBack();
  }

  #dropped(): void {
    this.#parts.metrics.count("staleDrops", { subject: this.#options.subject });
  }

  #facts(): Record<string, unknown> {
    return { subject: this.#options.subject, queue: this.#options.queue };
  }
}
