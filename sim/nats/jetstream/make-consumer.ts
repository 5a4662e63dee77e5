import { parseMoment } from "../moment.ts";
import { inOrder, type ConsumerConfig } from "./consumer-config.ts";
import { Consumer } from "./consumer.ts";
import { deliverAll } from "./deliver.ts";
import type { KeptConsumer } from "./disk-image.ts";
import { progressFromDisk } from "./disk.ts";
import { newProgress } from "./progress.ts";
import type { Stream } from "./stream.ts";

const nameLength = 8;
const nameDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const soonMs = 100;

/** A new consumer on a stream; one without a name gets one. */
export function addConsumer(stream: Stream, config: ConsumerConfig): Consumer {
  const name = config.durable_name ?? config.name ?? freeName(stream);
  const named: Record<string, unknown> = config.durable_name === undefined ? { ...config, name } : { ...config };
  const skipList = config.deliver_policy === "last_per_subject" ? lastOfEach(stream, config) : undefined;
  const first = skipList?.sequences[0] ?? firstSequence(stream, config);
  const consumer = new Consumer({
    name,
    config: inOrder(named),
    home: stream,
    createdUnixMs: stream.clock.unixMs(),
    progress: newProgress(withinStream(stream, first)),
    pump: deliverAll,
  });
  consumer.skipList = skipList;
  stream.consumers.set(name, consumer);
  consumer.idleness.start(config.durable_name !== undefined);
  stream.advisories.consumerIs("create", stream.name, name);
  return consumer;
}

/** A consumer as it was before its server went down. */
export function restoreConsumer(stream: Stream, kept: KeptConsumer): void {
  const { name, config, createdUnixMs } = kept;
  const progress = progressFromDisk(kept.progress, stream.clock);
  const consumer = new Consumer({ name, config, createdUnixMs, progress, home: stream, pump: deliverAll });
  stream.consumers.set(name, consumer);
}

/** Changes what may be changed of a consumer. */
export function updateConsumer(consumer: Consumer, config: ConsumerConfig): void {
  const before = consumer.config;
  consumer.config = config;
  if (before.max_ack_pending !== config.max_ack_pending) consumer.wake();
  if (before.ack_wait !== config.ack_wait && consumer.open.isWatching) consumer.open.checkWithin(soonMs);
  // The server looks at what it was, even when it becomes durable now.
  const wasDurable = before.durable_name !== undefined;
  if (before.inactive_threshold !== config.inactive_threshold) consumer.idleness.start(wasDurable);
}

/** Where a consumer begins, by its deliver policy. */
function firstSequence({ store }: Stream, config: ConsumerConfig): number {
  const { deliver_policy: policy, filter_subject: filter, opt_start_time: time = "" } = config;
  switch (policy) {
    case "all":
      return store.first;
    case "last":
      return filter === undefined ? store.last : store.select(1, filter).last;
    case "last_per_subject":
      return store.last;
    case "new":
      return store.last + 1;
    case "by_start_sequence":
      return config.opt_start_seq!;
    case "by_start_time":
      return store.firstSince(parseMoment(time) ?? 0);
  }
}

function withinStream({ store }: Stream, sequence: number): number {
  if (store.first === 0) return 1;
  if (sequence < store.first) return store.first;
  return Math.min(sequence, store.last + 1);
}

function lastOfEach({ store }: Stream, config: ConsumerConfig): Consumer["skipList"] {
  const sequences = store.linesOf(config.filter_subject ?? ">").map(([, line]) => line.at(-1)!);
  sequences.sort((one, other) => one - other);
  return sequences.length > 0 ? { resume: store.last, sequences } : undefined;
}

function freeName({ random, consumers }: Stream): string {
  for (;;) {
    const name = Array.from({ length: nameLength }, () => nameDigits[random.int(nameDigits.length)]).join("");
    if (!consumers.has(name)) return name;
  }
}
