import type { ConsumerConfig } from "./consumer-config.ts";
import type { MessageStore } from "./message-store.ts";
import type { Progress } from "./progress.ts";
import type { StreamConfig } from "./stream-config.ts";

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
