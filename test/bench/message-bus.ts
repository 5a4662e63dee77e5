import { EventEmitter } from "node:events";
import { setImmediate as turn } from "node:timers/promises";

import { systemClock } from "../../core/mod.ts";
import {
  messageBus,
  promBusMetrics,
  type MessageBusOptions,
  type MessageBusPorts,
} from "../../reference/messagebus/mod.ts";
import { summarize, type Bench, type Numbers } from "./result.ts";

const defaults = { jobs: 500_000, runs: 5, warmUpMs: 2_000 };
const topics = Array.from({ length: 64 }, (_, number) => `topic.${number}`);
/** Messages published before the publisher waits for all of them: no shard gets so many that it refuses. */
const burst = 5_000;
const shards = 8;
const workersPerShard = 4;

/** Something that messages can be put into. */
interface System {
  publish(topic: string, payload: unknown, key: string): void;
  stop?(): Promise<unknown>;
}

/** Builds a system that calls this for each message that it has delivered. */
type Build = (delivered: () => void) => Promise<System> | System;

/** `jobs` is the number of messages. */
export const messageBusBench: Bench = {
  title: "Messages a second through the message bus with handlers that do nothing, beside what one would take instead",
  async *run({ jobs = defaults.jobs, runs = defaults.runs, warmUpMs = defaults.warmUpMs, signal }) {
    for (const { build } of systems) await warmUp(build, warmUpMs);
    const results = systems.map((): Numbers[] => []);
    for (let run = 0; run < runs; run++) {
      for (const [index, { build }] of systems.entries()) {
        signal?.throwIfAborted();
        results[index]?.push(await measure(build, jobs));
      }
    }
    for (const [index, { name }] of systems.entries()) yield summarize("bus", name, results[index] ?? []);
  },
};

/** They take turns, so that whatever else the machine does hits them alike. */
const systems: readonly { readonly name: string; readonly build: Build }[] = [
  { name: "message bus", build: (delivered) => busSystem(delivered) },
  { name: "message bus with idempotency keys", build: (delivered) => busSystem(delivered, {}, true) },
  { name: "message bus with metrics", build: (delivered) => busSystem(delivered, { metrics: promBusMetrics() }) },
  { name: `fastq, ${shards} queues of ${workersPerShard}`, build: fastqSystem },
  { name: "EventEmitter and an array", build: emitterSystem },
];

async function warmUp(build: Build, forMs: number): Promise<void> {
  const until = performance.now() + forMs;
  while (performance.now() < until) await measure(build, 50_000);
}

async function measure(build: Build, jobs: number): Promise<Numbers> {
  const count = { delivered: 0 };
  const system = await build(() => (count.delivered += 1));
  const beganAt = performance.now();
  for (let published = 0; published < jobs;) {
    const until = Math.min(jobs, published + burst);
    for (; published < until; published++) {
      system.publish(topics[published % topics.length] ?? "", { n: published }, `key-${published}`);
    }
    while (count.delivered < until) await turn();
  }
  const ms = performance.now() - beganAt;
  await system.stop?.();
  return { messagesPerSecond: (jobs / ms) * 1_000 };
}

function busSystem(
  delivered: () => void,
  options: Partial<MessageBusOptions & MessageBusPorts> = {},
  keyed = false,
): System {
  const bus = messageBus({ clock: systemClock(), shards, workersPerShard, ...options });
  for (const topic of topics) bus.subscribe(topic, async () => delivered());
  return {
    publish(topic, payload, key) {
      const published = bus.publish(keyed ? { topic, payload, idempotencyKey: key } : { topic, payload });
      if (!published.accepted) throw new Error(`refused: ${published.reason}`);
    },
    stop: () => bus.stop({ withinMs: 1_000 }),
  };
}

type Fastq = (worker: (task: unknown) => Promise<void>, concurrency: number) => { push(task: unknown): Promise<void> };

/** The queue inside Fastify, and so always there: fast, but without a limit, priorities, retries, or a ledger. */
async function fastqSystem(delivered: () => void): Promise<System> {
  const itsName: string = "fastq";
  const { promise } = ((await import(itsName)) as { default: { promise: Fastq } }).default;
  const queues = Array.from({ length: shards }, () => promise(async () => delivered(), workersPerShard));
  const numbers = new Map(topics.map((topic, index) => [topic, index % shards]));
  return { publish: (topic, payload) => void queues[numbers.get(topic) ?? 0]?.push({ topic, payload }) };
}

/** What one writes in five minutes. */
function emitterSystem(delivered: () => void): System {
  const emitter = new EventEmitter();
  const waiting: { topic: string; payload: unknown }[] = [];
  for (const topic of topics) emitter.on(topic, () => delivered());
  const drain = (): void => {
    for (let next = waiting.shift(); next; next = waiting.shift()) emitter.emit(next.topic, next.payload);
  };
  return {
    publish(topic, payload) {
      if (waiting.push({ topic, payload }) === 1) queueMicrotask(drain);
    },
  };
}
