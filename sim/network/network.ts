import type { Disturbed, Link } from "../../core/mod.ts";
import type { Realm } from "../kernel/realm.ts";
import type { NetworkDisturbance } from "./disturbance.ts";

/** Somewhere on the simulated network: a replica, a server, or `clients`. */
export interface Host {
  readonly name: string;
  /** Whose events its arrivals are: none for what never dies or sleeps. */
  readonly realm?: Realm;
}

/** What one end of a connection is told. Each call is an event of its own, in the realm of that end. */
export interface Peer {
  /** The connection is there. Only whoever asked for it is told. */
  opened?(): void;
  /** A message of the other end, as it was sent; messages of one direction never overtake each other. */
  received(message: unknown): void;
  /**
   * It is over, or could not be made: `refused`, `reset`, `closed`. Said once; nothing follows. Whoever has closed it
   * himself is not told.
   */
  closed(reason: "refused" | "reset" | "closed"): void;
}

/**
 * One end of a connection, like a TCP socket that carries whole messages. What the link loses is sent again, so that
 * loss is lateness here; nothing comes twice or out of order within a connection.
 */
export interface Connection {
  readonly from: string;
  readonly to: string;
  /** Whether a message sent now could arrive, as far as this end knows. */
  readonly isOpen: boolean;
  /**
   * Sends a message; it arrives later, or never, by the state of the link. On a connection that is closed it is lost;
   * on one that is not open yet it waits until it is.
   *
   * @param message - plain data; a digest of all of it is part of the hash of the trace
   * @param bytes - its size, for links that are slow
   * @param about - what it is, in a few words: part of the trace and of its hash
   */
  send(message: unknown, bytes: number, about: string): void;
  /** Ends it in an orderly way: what was sent before still arrives. */
  close(): void;
}

/** A host that takes connections. */
export interface Listening {
  /** Takes no more; what is open stays so. */
  stop(): void;
}

/** Who takes messages that come without a connection. */
export type Receiver = (message: unknown, from: string) => void;

/** The simulated network. Every message has its own delivery time. */
export interface Network {
  /** Takes connections for a host. One that listens already, or is dead, is refused. */
  listen(host: Host, accept: (connection: Connection) => Peer): Listening;
  /** Asks for a connection. When the other end does not listen, the peer hears `refused`. */
  connect(from: Host, to: string, peer: Peer): Connection;
  /**
   * Disturbs a link, in both directions as `Disturbance` says, until it is healed. Several disturbances of one link
   * add up. Which links there are is for the world to know: here every pair of names is one.
   */
  disturb(link: Link, disturbance: NetworkDisturbance): Disturbed;
  /** Takes messages that come without a connection. */
  receive(host: Host, received: Receiver): Listening;
  /**
   * Sends a message without a connection: it may be lost, come twice, and overtake others. Nobody is told. The plane
   * has no such messages: its links are TCP, see {@link Connection}.
   */
  post(from: Host, to: string, message: unknown, bytes: number, about: string): void;
}
