import type { FromPrimary, FromReplica, ReplicationLink } from "./replication-messages.ts";
import type { Replica } from "./replicas.ts";
import type { ServerState } from "./server-state.ts";
import { takeSnapshot } from "./snapshot.ts";
import type { Write } from "./write-stream.ts";

/** What feeding a replica takes. */
export interface FeedingParts {
  readonly address: string;
  readonly send: (message: FromPrimary) => void;
  /** Those who wait for replicas may have waited long enough. */
  readonly onAcknowledged: () => void;
}

/** A server's end of the link to one replica: sends what the replica lacks, then every write. */
export class Feeding implements Replica, ReplicationLink<FromReplica> {
  readonly address: string;
  readonly #state: ServerState;
  readonly #send: (message: FromPrimary) => void;
  readonly #onAcknowledged: () => void;
  #isInSync = false;
  acknowledged = 0;
  heardAtMs: number;

  constructor(state: ServerState, { address, send, onAcknowledged }: FeedingParts) {
    this.#state = state;
    this.address = address;
    this.#send = send;
    this.#onAcknowledged = onAcknowledged;
    this.heardAtMs = state.clock.now();
  }

  receive(message: FromReplica): void {
    this.heardAtMs = this.#state.clock.now();
    if (message.kind === "sync") {
      this.#bringUpToDate(message.history, message.offset);
      return;
    }
    this.acknowledged = Math.max(this.acknowledged, message.offset);
    this.#state.waits.signalAcknowledged();
    this.#onAcknowledged();
  }

  close(): void {
    this.#state.replicas.remove(this);
  }

  send(writes: readonly Write[], offset: number): void {
    if (this.#isInSync) this.#send({ kind: "writes", writes, offset });
  }

  askForAcknowledgement(): void {
    if (this.#isInSync) this.#send({ kind: "ask" });
  }

  #bringUpToDate(history: string, offset: number): void {
    const { replicas, databases } = this.#state;
    const missing = replicas.missing(history, offset);
    this.#isInSync = true;
    replicas.add(this);
    if (missing === undefined) {
      this.acknowledged = 0;
      this.#send({ kind: "snapshot", history: replicas.id, offset: replicas.offset, data: takeSnapshot(databases) });
      return;
    }
    this.acknowledged = offset;
    this.#send({ kind: "continue", history: replicas.id });
    if (missing.length > 0) this.#send({ kind: "writes", writes: missing, offset: replicas.offset });
  }
}
