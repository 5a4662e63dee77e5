import type { BusConfiguration } from "../../../capacity/mod.ts";
import type { Clock } from "../../../core/mod.ts";
import type { Handler, MessageBus } from "../../../reference/messagebus/mod.ts";
import type { DrainReport, FillReport } from "./bus-messages.ts";

/** On a ring, a shard without a topic among so many is one that nobody reaches. */
const topicsTried = 10_000;

/** Workers take what is new at once; this is long. */
const settledInMs = 50;

/**
 * Publishes to every shard until it refuses, with handlers that let nothing through, and weighs what is queued.
 *
 * Each message brings a payload of its own, as messages do. The process must expose its garbage collector.
 */
export async function fillQueues(
  bus: MessageBus,
  configuration: BusConfiguration,
  { handler, clock }: { readonly handler: Handler; readonly clock: Clock },
): Promise<FillReport> {
  const { shards, workersPerShard, payloadBytes } = configuration;
  const topics = topicForEachShard(bus, shards);
  for (const topic of topics) bus.subscribe(topic, handler);
  // What the workers take at once is in no queue.
  for (const topic of topics) publishUntil(bus, topic, payloadBytes, workersPerShard);
  await clock.sleep(settledInMs);
  const before = heldBytes();
  const messages = topics.reduce((sum, topic) => sum + publishUntil(bus, topic, payloadBytes), 0);
  return { messages, bytes: heldBytes() - before, payloadBytes };
}

/** How often the queues are looked at; and how many rounds of all workers make a rate. */
const lookEveryMs = 5;
const roundsLeast = 3;

/** Lets handlers wait until it opens, and counts what they finish. */
export class Drain {
  readonly opened: Promise<void>;
  readonly #clock: Clock;
  readonly #open: () => void;
  #ended = 0;
  #serviceMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    const { promise, resolve } = Promise.withResolvers<void>();
    [this.opened, this.#open] = [promise, resolve];
  }

  ended(serviceMs: number): void {
    this.#ended += 1;
    this.#serviceMs += serviceMs;
  }

  /**
   * Opens, leaves out the first round (all workers begin at once), counts for as long as every shard has something
   * queued, and stops the bus.
   */
  async run(bus: MessageBus, { forMs, workers }: { forMs: number; workers: number }): Promise<DrainReport> {
    const until = this.#clock.now() + forMs;
    const goesOn = (): boolean => this.#clock.now() < until && everyShardHasWork(bus);
    this.#open();
    while (goesOn() && this.#ended < workers) await this.#clock.sleep(lookEveryMs);
    const [fromMs, before, serviceBefore] = [this.#clock.now(), this.#ended, this.#serviceMs];
    while (goesOn()) await this.#clock.sleep(lookEveryMs);
    const ended = this.#ended - before;
    const seconds = (this.#clock.now() - fromMs) / 1_000;
    const serviceMs = (this.#serviceMs - serviceBefore) / Math.max(1, ended);
    await bus.stop({ withinMs: 0 });
    const { accepted, delivered, deadLettered, givenBack } = bus.stats().ledger;
    const missing = accepted - delivered - deadLettered - givenBack;
    const counted = ended < roundsLeast * workers ? {} : { deliveredPerSecond: ended / seconds };
    return { ...counted, serviceMs, missing };
  }
}

function everyShardHasWork(bus: MessageBus): boolean {
  return bus.stats().shards.every(({ depth }) => depth.normal + depth.high > 0);
}

function topicForEachShard(bus: MessageBus, shards: number): string[] {
  const topics = new Map<number, string>();
  for (let index = 0; index < topicsTried && topics.size < shards; index++) {
    const topic = `filling.${index}`;
    const shard = bus.shardOf(topic);
    if (!topics.has(shard)) topics.set(shard, topic);
  }
  return [...topics.values()];
}

/** How many were accepted before the first refusal. */
function publishUntil(bus: MessageBus, topic: string, payloadBytes: number, most = Infinity): number {
  for (let accepted = 0; accepted < most; accepted++) {
    if (!bus.publish({ topic, payload: ownText(payloadBytes) }).accepted) return accepted;
  }
  return most;
}

/** A text that shares its memory with no other. */
function ownText(bytes: number): string {
  return Buffer.alloc(bytes, "x").toString("latin1");
}

function heldBytes(): number {
  if (!globalThis.gc) throw new Error("start this process with --expose-gc");
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
