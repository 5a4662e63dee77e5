import type { Clock } from "../../../core/mod.ts";
import type { Router } from "../router.ts";
import type { Consumer } from "./consumer.ts";
import type { DedupWindow } from "./dedup.ts";
import type { MessageStore, StoredMessage } from "./message-store.ts";
import type { StreamConfig } from "./stream-config.ts";

/** A stream, as those see it who take messages in and let them go. */
export interface StreamState {
  readonly name: string;
  readonly config: StreamConfig;
  readonly clock: Clock;
  readonly router: Router;
  readonly store: MessageStore;
  readonly dedup: DedupWindow;
  readonly consumers: ReadonlyMap<string, Consumer>;
  /** The number of the last message, as publishers may expect it: a purge beyond it does not move it. */
  lastSequence: number;
  /** The id of the message that was stored last, if it had one. */
  lastMessageId: string;
  /** A message has been stored. */
  stored(message: StoredMessage): void;
  /** Lets go of a message. @returns whether it was there */
  remove(sequence: number): boolean;
}
