import type { Timer } from "../../core/mod.ts";
import { Client } from "./client.ts";
import type { Dispatcher } from "./dispatcher.ts";
import type { FromPrimary, FromReplica, ReplicationLink } from "./replication-messages.ts";
import type { ServerState } from "./server-state.ts";
import { loadSnapshot } from "./snapshot.ts";
import type { Write } from "./write-stream.ts";

/** Redis's replicas say once a second how far they are. */
const acknowledgeEveryMs = 1_000;

/** A replica's end of the link to its primary: carries out the primary's writes. */
export class Following implements ReplicationLink<FromPrimary> {
  readonly #state: ServerState;
  readonly #dispatcher: Dispatcher;
  readonly #send: (message: FromReplica) => void;
  readonly #primary = new Client(0, () => undefined, true);
  readonly #acknowledging: Timer;
  #isClosed = false;
  /** What is sent again for a gap that was asked for already, comes by itself. */
  #isWaiting = true;

  constructor(state: ServerState, dispatcher: Dispatcher, send: (message: FromReplica) => void) {
    this.#state = state;
    this.#dispatcher = dispatcher;
    this.#send = send;
    this.#acknowledging = state.clock.every(acknowledgeEveryMs, () => this.#acknowledge());
    this.#synchronise();
  }

  receive(message: FromPrimary): void {
    if (this.#isClosed) return;
    const { replicas, databases } = this.#state;
    if (message.kind === "writes") this.#follow(message.writes, message.offset);
    else if (message.kind === "ask") this.#acknowledge();
    else {
      this.#isWaiting = false;
      if (message.kind === "snapshot") {
        this.#obey(() => loadSnapshot(databases, message.data));
        replicas.adoptHistory(message.history, message.offset);
      } else replicas.adoptHistory(message.history);
      this.#acknowledge();
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#acknowledging.cancel();
  }

  #follow(writes: readonly Write[], offset: number): void {
    const size = writes.reduce((sum, write) => sum + write.size, 0);
    if (this.#isWaiting) return;
    if (this.#state.replicas.offset + size !== offset) {
      this.#synchronise();
      return;
    }
    this.#obey(() => {
      for (const { database, words } of writes) {
        this.#primary.database = database;
        this.#dispatcher.execute(this.#primary, words);
      }
    });
    this.#state.replicas.feed(writes);
  }

  #obey(run: () => void): void {
    this.#state.obeying = true;
    run();
    this.#state.obeying = false;
  }

  #synchronise(): void {
    this.#isWaiting = true;
    const { id: history, offset } = this.#state.replicas;
    this.#send({ kind: "sync", history, offset });
  }

  #acknowledge(): void {
    if (!this.#isWaiting) this.#send({ kind: "acknowledge", offset: this.#state.replicas.offset });
  }
}
