import type { Clock } from "../../../core/mod.ts";
import type { Consumer } from "./consumer.ts";
import type { KeptConsumer, KeptStream, NatsDisk } from "./disk-image.ts";
import type { Progress } from "./progress.ts";
import type { Stream } from "./stream.ts";

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
