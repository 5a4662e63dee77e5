import { seededRandom, type Clock } from "../../../core/mod.ts";
import { messageBus, type Delivery, type MessageBus } from "../../../reference/messagebus/mod.ts";
import type { BusSetup, DrainReport, FillReport, Mark, PublishOrder, WindowRecord } from "./bus-messages.ts";
import { Drain, fillQueues } from "./full-queues.ts";
import { QueueGauge } from "./gauge.ts";
import { Recorder } from "./recorder.ts";
import { makeService, type Service } from "./serve.ts";
import { topicName } from "./topics.ts";

/** What handlers need to know of a message; the rest of it is only there to have a size. */
export interface BenchPayload {
  /** Number of the window that it belongs to. */
  readonly window: number;
  readonly message: number;
  readonly filling: string;
}

/** The real bus, with handlers and a record of our own. */
export class BusBench {
  readonly #setup: BusSetup;
  readonly #clock: Clock;
  readonly #bus: MessageBus;
  readonly #gauge: QueueGauge;
  readonly #service: Service;
  readonly #filling: string;
  #recorder = new Recorder(0);
  #window = 0;
  #drain: Drain | undefined;

  constructor(setup: BusSetup, clock: Clock) {
    const { shards, workersPerShard, queueSize, service, topics, payloadBytes } = setup.configuration;
    const random = seededRandom(setup.seed);
    this.#setup = setup;
    this.#clock = clock;
    this.#bus = messageBus({ shards, workersPerShard, queueSizeMax: queueSize, clock, random: random.fork("bus") });
    this.#gauge = new QueueGauge(this.#bus, clock);
    this.#service = makeService(service, clock, random.fork("service"));
    this.#filling = "x".repeat(payloadBytes);
    for (let rank = 0; rank < topics.count; rank++) {
      this.#bus.subscribe(topicName(rank), (delivery) => this.#handle(delivery));
    }
  }

  publish({ messages, topics, sentAtMs }: PublishOrder): void {
    for (const [index, message] of messages.entries()) {
      const topic = topicName(topics[index] ?? 0);
      const answer = this.#bus.publish({ topic, payload: this.#payload(message) });
      if (answer.accepted) this.#recorder.accepted(message, sentAtMs, this.#clock.now(), answer.shard);
      else this.#recorder.refused(message, sentAtMs, answer.shard);
    }
  }

  open({ messages }: { readonly messages: number }): void {
    this.#recorder = new Recorder(messages);
    this.#window += 1;
  }

  mark(): Mark {
    const { user, system } = process.cpuUsage();
    return { atMs: this.#clock.now(), cpuMs: (user + system) / 1_000, meanQueued: this.#gauge.take() };
  }

  async settle({ withinMs }: { readonly withinMs: number }): Promise<WindowRecord> {
    const until = this.#clock.now() + withinMs;
    while (this.#recorder.underWay > 0 && this.#clock.now() < until) await this.#clock.sleep(5);
    return this.#recorder.record(this.#bus.stats().ledger);
  }

  fill(): Promise<FillReport> {
    this.#drain = new Drain(this.#clock);
    const handler = (delivery: Delivery): Promise<void> => this.#serveWhenOpen(delivery);
    return fillQueues(this.#bus, this.#setup.configuration, { handler, clock: this.#clock });
  }

  drain({ forMs }: { readonly forMs: number }): Promise<DrainReport> {
    if (!this.#drain) throw new Error("nothing was filled that could be drained");
    const { shards, workersPerShard } = this.#setup.configuration;
    return this.#drain.run(this.#bus, { forMs, workers: shards * workersPerShard });
  }

  async #handle({ payload }: Delivery): Promise<void> {
    const { message, window } = payload as BenchPayload;
    // What an earlier window left behind is served, and writes into no other's record.
    const recorder = window === this.#window ? this.#recorder : undefined;
    recorder?.taken(message, this.#clock.now());
    await this.#service.ready();
    recorder?.started(message, this.#clock.now());
    await this.#service.work();
    recorder?.ended(message, this.#clock.now());
  }

  #payload(message: number): BenchPayload {
    return { window: this.#window, message, filling: this.#filling };
  }

  async #serveWhenOpen(_delivery: Delivery): Promise<void> {
    await this.#drain?.opened;
    await this.#service.ready();
    const startedAtMs = this.#clock.now();
    await this.#service.work();
    this.#drain?.ended(this.#clock.now() - startedAtMs);
  }
}
