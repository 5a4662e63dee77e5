import { Client } from "./client.ts";
import { Dispatcher } from "./dispatcher.ts";
import type { RedisEngine, RedisOptions, RedisSession } from "./engine.ts";
import { Feeding } from "./feeding.ts";
import { Following } from "./following.ts";
import { ErrorReply, type Reply } from "./reply.ts";
import type { FromPrimary, FromReplica, ReplicationLink } from "./replication-messages.ts";
import { ServerState } from "./server-state.ts";
import { Session } from "./session.ts";
import { loadSnapshot, takeSnapshot, type Snapshot } from "./snapshot.ts";

/**
 * A Redis 7.0 in memory, and its place among others.
 *
 * It begins as a primary. Its replicas follow asynchronously: what it has acknowledged to a client and not yet sent
 * is lost when one of them is promoted. A primary that was away for a while goes on believing that it is one, until it
 * is told otherwise; then it drops whatever the new primary does not have.
 */
export class RedisServer implements RedisEngine {
  readonly #state: ServerState;
  readonly #dispatcher: Dispatcher;
  #following: Following | undefined;

  constructor({ data, ...options }: RedisOptions) {
    this.#state = new ServerState(options);
    this.#dispatcher = new Dispatcher(this.#state);
    if (data) loadSnapshot(this.#state.databases, data);
  }

  /** What this server believes to be. */
  get role(): "primary" | "replica" {
    return this.#state.primary === undefined ? "primary" : "replica";
  }

  /** How much of the write stream it has, in bytes of RESP. */
  get offset(): number {
    return this.#state.replicas.offset;
  }

  connect(push: (message: Reply) => void): RedisSession {
    const client = new Client(this.#state.nextClientId(), push);
    return new Session(this.#state, this.#dispatcher, client);
  }

  /** Everything that it holds at this moment: what an append-only file gives back after the process was killed. */
  save(): Snapshot {
    return takeSnapshot(this.#state.databases);
  }

  /**
   * Another server wants to be fed.
   *
   * @param address - the other's, as ROLE shows it: `host:port`
   * @param send - carries a message to the other's {@link replicaOf} link
   */
  feed(address: string, send: (message: FromPrimary) => void): ReplicationLink<FromReplica> {
    return new Feeding(this.#state, { address, send, onAcknowledged: () => this.#dispatcher.serveWaiting() });
  }

  /**
   * Becomes a replica, or moves to another primary. Whoever waits here is sent away.
   *
   * @param address - the primary's, as ROLE shows it: `host:port`
   * @param send - carries a message to the primary's {@link feed} link
   */
  replicaOf(address: string, send: (message: FromReplica) => void): ReplicationLink<FromPrimary> {
    this.#following?.close();
    this.#state.primary = address;
    this.#state.waits.end(instanceChanged);
    this.#following = new Following(this.#state, this.#dispatcher, send);
    return this.#following;
  }

  /** Becomes a primary with what it has: a history of its own begins. */
  promote(): void {
    if (this.#state.primary === undefined) return;
    this.#following?.close();
    this.#following = undefined;
    this.#state.primary = undefined;
    this.#state.replicas.beginHistory();
  }
}

const instanceChanged = new ErrorReply(
  "UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)",
);
