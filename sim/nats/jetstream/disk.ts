import type { Clock } from "../../../core/mod.ts";
import type { ConsumerConfig } from "./consumer-config.ts";
import type { Consumer } from "./consumer.ts";
import type { MessageStore } from "./message-store.ts";
import type { Progress } from "./progress.ts";
import type { StreamConfig } from "./stream-config.ts";
import type { Stream } from "./stream.ts";

/** What of JetStream is in files, and outlives the server's process. */
export interface NatsDisk {
  readonly streams: readonly KeptStream[];
}

/** A stream in files. */
export interface KeptStream {
  readonly config: StreamConfig;
  readonly createdUnixMs: number;
  readonly store: MessageStore;
  readonly consumers: readonly KeptConsumer[];
}

/** A consumer in files. What it waits for counts by the wall clock there, in whole seconds. */
export interface KeptConsumer {
  readonly name: string;
  readonly config: ConsumerConfig;
  readonly createdUnixMs: number;
  readonly progress: Progress;
}

/** What is in files. Streams in memory are not. */
export function diskOf(streams: Iterable<Stream>, clock: Clock): NatsDisk {
  const inFiles = [...streams].filter(({ config }) => config.storage === "file");
  return { streams: inFiles.map((stream) => keptStream(stream, clock)) };
}

function keptStream({ config, createdUnixMs, store, consumers }: Stream, clock: Clock): KeptStream {
  return { config, createdUnixMs, store, consumers: [...consumers.values()].map((one) => keptConsumer(one, clock)) };
}

function keptConsumer({ name, config, createdUnixMs, saved, progress }: Consumer, clock: Clock): KeptConsumer {
  const onDisk = saved.at(clock.now(), progress);
  const aheadMs = clock.unixMs() - clock.now();
  for (const pending of onDisk.pending.values()) pending.sinceMs = wholeSeconds(pending.sinceMs + aheadMs);
  return { name, config, createdUnixMs, progress: onDisk };
}

/** The same, with what it waits for by this clock. */
export function progressFromDisk(progress: Progress, clock: Clock): Progress {
  const behindMs = clock.now() - clock.unixMs();
  for (const pending of progress.pending.values()) pending.sinceMs += behindMs;
  return progress;
}

function wholeSeconds(unixMs: number): number {
  return Math.floor(unixMs / 1_000) * 1_000;
}
