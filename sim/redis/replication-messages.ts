import type { Snapshot } from "./snapshot.ts";
import type { Write } from "./write-stream.ts";

/** What a primary sends a replica. The messages of one link arrive in order, or not at all. */
export type FromPrimary =
  /** Everything anew: the replica drops what it has. */
  | { readonly kind: "snapshot"; readonly history: string; readonly offset: number; readonly data: Snapshot }
  /** The replica has a part of this history, and gets the rest as writes. */
  | { readonly kind: "continue"; readonly history: string }
  /** @see Write; the offset is that behind the last one */
  | { readonly kind: "writes"; readonly writes: readonly Write[]; readonly offset: number }
  /** How far are you? */
  | { readonly kind: "ask" };

/** What a replica sends its primary. */
export type FromReplica =
  /** I have this history up to here; send what follows. */
  | { readonly kind: "sync"; readonly history: string; readonly offset: number }
  /** I have carried out the stream up to here. */
  | { readonly kind: "acknowledge"; readonly offset: number };

/** One end of a replication link. Whatever carries the messages may delay them; once it loses one, it is closed. */
export interface ReplicationLink<Message> {
  /** A message has arrived from the other end. */
  receive(message: Message): void;
  /** The link is gone; a new one begins where this one ended, if it can. */
  close(): void;
}
