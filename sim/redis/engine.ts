import type { Clock, Random } from "../../core/mod.ts";
import type { Bytes } from "../bytes.ts";
import type { Reply } from "./reply.ts";
import type { Snapshot } from "./snapshot.ts";

/** What a Redis is made of. It reads no other clock and no other chance. */
export interface RedisOptions {
  /** Wall clock (`unixMs`) for TIME and TTLs; its timers end waits such as WAIT and BLPOP. */
  readonly clock: Clock;
  readonly random: Random;
  /**
   * `min-replicas-to-write`: with fewer replicas that keep up, writes are refused with NOREPLICAS.
   *
   * @defaultValue 0, which refuses none
   */
  readonly minReplicasToWrite?: number;
  /** `min-replicas-max-lag`: a replica that was silent for longer does not count. @defaultValue 10,000 ms */
  readonly minReplicasMaxLagMs?: number;
  /** What it finds on its disk when it starts. @defaultValue nothing */
  readonly data?: Snapshot;
}

/** A Redis 7.0 server in memory: a state machine without any I/O. Keys, connections and scripts are its own. */
export interface RedisEngine {
  /** A client's connection. Messages of subscriptions go to `push`. */
  connect(push: (message: Reply) => void): RedisSession;
}

/** One client's connection. */
export interface RedisSession {
  /**
   * Carries out one command; its reply comes at once, or later when the command waits. Commands of one session are
   * answered in their order. What fails is an `ErrorReply`; nothing is ever thrown but a bug.
   *
   * An unknown command is answered as Redis does, and a known command that this engine does not implement with an
   * error that says so by name: `ERR seatrial: DEBUG is not simulated`.
   *
   * SUBSCRIBE and its kin confirm each channel: the last confirmation is the reply, those before it go to `push`.
   */
  execute(command: readonly Bytes[], reply: (reply: Reply) => void): void;
  /** The client is gone: its subscriptions, watches and waits end. */
  close(): void;
}
