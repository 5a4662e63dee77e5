import type { OpenHttp } from "./http.ts";

/** A role of the plane on trial. */
export type Role = "gateway" | "scheduler" | "workflow" | "worker";

/** One replica as its world sees it. */
export interface Replica {
  /** `scheduler-2` */
  readonly id: string;
  readonly role: Role;
  readonly state: "starting" | "ready" | "paused" | "exited";
  /** Base URL of its HTTP server (health, metrics, and a gateway's API), while it is known. */
  readonly url: string | undefined;
}

/**
 * A trap on a named port call inside a replica: the n-th call of a kind kills, stops or pauses the process, or waits.
 *
 * Calls are named `<port>.<method>`, such as `jobs.advance` or `bus.publish`; see `docs/ARCHITECTURE.md` for the list.
 */
export interface Trap {
  readonly call: string;
  /** Counted from 1 since the trap was set; `every` springs each time. @defaultValue 1 */
  readonly nth?: number | "every";
  readonly when: "before" | "after";
  /** `kill` is SIGKILL, `stop` SIGTERM and `pause` SIGSTOP, each sent by the process to itself; `delay` waits. */
  readonly action: "kill" | "stop" | "pause" | "delay";
  /** For `delay`. */
  readonly delayMs?: number;
}

/** A trap that has been set. */
export interface SetTrap {
  /** Resolves when it springs for the first time. */
  readonly sprung: Promise<void>;
  /** Takes it away; harmless when it is gone already. */
  remove(): Promise<void>;
}

/**
 * A way that bytes go: from a replica to a server that it depends on, or from the clients to a gateway.
 *
 * Both directions of a link are one link; a disturbance says which of them it is about.
 */
export interface Link {
  /** A replica's id, or `clients`: the load generator and the readers. */
  readonly from: string;
  /** `redis`, `nats`, or, from the clients, a gateway's id. */
  readonly to: string;
}

/** What goes wrong on a link. */
export type Disturbance =
  /** Every connection is closed, and none can be made. */
  | { readonly kind: "cut" }
  /** What passes, in both directions, comes later by this long, give or take the jitter. */
  | { readonly kind: "delay"; readonly ms: number; readonly jitterMs: number }
  /** Connections stay, and new ones are taken, but nothing arrives, in either direction. */
  | { readonly kind: "blackhole" }
  /** A connection breaks as soon as something is sent on it; one that was made meanwhile by a TCP RST. */
  | { readonly kind: "reset" }
  /** Bytes pass no faster than this, in each direction. */
  | { readonly kind: "throttle"; readonly bytesPerSecond: number }
  /** Requests arrive and take effect; their replies never come back. */
  | { readonly kind: "loseReply" };

/** One direction of a link: to the end that takes connections, or from it. */
export type Way = "there" | "back";

/** A disturbance in force. */
export interface Disturbed {
  /** Ends it: new connections work, and old ones that it broke stay broken. Healing twice is healing once. */
  heal(): Promise<void>;
}

/** The servers that a plane depends on. */
export type ServerName = "redis" | "nats";

/** What goes wrong with a server itself, as opposed to the way to it. */
export type ServerFault =
  /**
   * The primary is lost, and its replica is promoted with what it has received: writes that were acknowledged and not
   * replicated are lost. Heal brings the lost one back, as a replica.
   */
  | {
      readonly kind: "failOver";
      readonly server: "redis";
      /** From the loss until the replica serves under the same address. */
      readonly detectMs: number;
      /** Before the loss, the replica received nothing for this long. */
      readonly behindMs: number;
    }
  /**
   * The primary falls asleep, and its replica is promoted. Heal wakes the old one, which still believes in itself and
   * serves whoever is still connected to it, until it is told; then it drops what the new one does not have.
   */
  | {
      readonly kind: "sleepPrimary";
      readonly server: "redis";
      /** A primary that wakes earlier was never missed. */
      readonly detectMs: number;
      /** From its waking until it is told. */
      readonly believesMs: number;
    }
  /** It is killed and starts again, by itself. Heal waits until it has. */
  | {
      readonly kind: "restartServer";
      readonly server: "redis";
      readonly downMs: number;
      /** All of its data, or none: with an append-only file, or without any persistence. */
      readonly keepsData: boolean;
    }
  /** As above. Streams are kept; what consumers had delivered and acknowledged in the last moments is forgotten. */
  | { readonly kind: "restartServer"; readonly server: "nats"; readonly downMs: number }
  /**
   * The leader of a cluster of three is lost: those of its clients that were connected to it have to connect again, and
   * nothing is stored or delivered until there is another. Heal waits until there is.
   */
  | { readonly kind: "loseLeader"; readonly server: "nats" };

/**
 * The sample that tells when a primary of Redis has been replaced, and how many bytes of its writes were lost: it was
 * the only one that had them.
 */
export const lostBytesSample = "redis-lost-bytes";

/** Where a plane can run. */
export type WorldKind = "local" | "compose" | "sim";

/**
 * What a plane's Redis and NATS are: the programs that bear the names, or Seatrial's own engines behind the same ports,
 * which keep everything in memory, on a single node.
 */
export type ServersKind = "real" | "embedded";

/** Where a plane runs and what can be done to it. Faults and load know nothing else. */
export interface World extends AsyncDisposable {
  readonly kind: WorldKind;
  /** All replicas ever started, in order of their ids. */
  replicas(): readonly Replica[];
  /**
   * The ids that a selector means at this moment: `scheduler-2`, `scheduler` (all of the role),
   * `scheduler.leader` (who holds the reconciler's lease), `workflow.leader` (who holds the workflow engine's), or
   * `scheduler.follower` and `workflow.follower` (all others of the role that have not exited).
   *
   * @throws UsageError when it means nothing.
   */
  pick(selector: string): Promise<string[]>;
  /** Adds one replica of a role and waits until it is ready. */
  join(role: Role): Promise<string>;
  /** SIGTERM, then waits for the exit (SIGKILL after the shutdown budget). */
  stop(id: string): Promise<void>;
  /** SIGKILL, then waits for the exit. */
  kill(id: string): Promise<void>;
  /** SIGSTOP. */
  pause(id: string): Promise<void>;
  /** SIGCONT. */
  resume(id: string): Promise<void>;
  /** Starts an exited replica again under its old id and address, and waits until it is ready. */
  restart(id: string): Promise<void>;
  /** @throws UsageError when the call has no such name, or this kind of world cannot set traps. */
  setTrap(id: string, trap: Trap): Promise<SetTrap>;
  /**
   * Disturbs a link until it is healed. The disturbance is leased: it ends by itself soon after this process does.
   *
   * @throws UsageError when there is no such link; EnvironmentError `toxiproxy_missing` when there is nothing to
   *   disturb it with.
   */
  disturb(link: Link, disturbance: Disturbance): Promise<Disturbed>;
  /**
   * Strikes a server itself; resolves when the fault is in force. Only a simulated world can do this: everywhere else
   * the servers belong to the harness.
   *
   * @throws UsageError when the server is struck already, or has no replica that could take over.
   */
  strikeServer?(fault: ServerFault): Promise<Disturbed>;
  /**
   * Loses every packet that goes this way over a link, until it is healed. Nobody is told, and no connection is closed.
   * Only a simulated world can do this.
   *
   * @throws UsageError when there is no such link.
   */
  partition?(link: Link, way: Way): Promise<Disturbed>;
  /**
   * Moves the wall clock of a replica's machine by this much, forward or back: that of its next lives, too. Only a
   * simulated world can do this.
   *
   * @throws UsageError when there is no such replica.
   */
  jumpClock?(id: string, byMs: number): Promise<void>;
}

/** A world as the runner of a trial sees it: with a beginning, a record, and an end. */
export interface TrialWorld extends World {
  /** The gateways that have ever been ready, as clients reach them; their addresses never change. */
  gateways(): { readonly id: string; readonly url: string }[];
  /** The bus, as the harness reaches it. */
  readonly natsUrl: string;
  /** How clients reach the gateways, and probes the replicas. @defaultValue over real sockets */
  readonly openHttp?: OpenHttp;
  readonly versions: { readonly redis: string; readonly nats: string };
  /** The file of every witness of this run; complete once the world is closed. */
  witnessFiles(): string[];
  /**
   * Stops the plane gracefully and takes everything down. Closing twice is closing once.
   *
   * @throws EnvironmentError when the record of the run is not to be trusted: `server_died`, `tap_behind`,
   *   `fault_lapsed`.
   */
  close(): Promise<void>;
}

/** How many replicas of each role to begin with. */
export interface Cluster {
  readonly gateways: number;
  readonly schedulers: number;
  /** @defaultValue 0 */
  readonly workflows?: number;
  readonly workers: number;
}
