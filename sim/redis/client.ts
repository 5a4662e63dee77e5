import type { Bytes } from "../bytes.ts";
import type { Reply } from "./reply.ts";

/** A key that a client watches. */
export interface Watched {
  readonly database: number;
  readonly key: Bytes;
  /** Its time had come before the client watched it: that it is deleted then, changes nothing. */
  readonly wasOverdue: boolean;
}

/** What a connection has told the server: its name, database, transaction and subscriptions. */
export class Client {
  readonly id: number;
  /** Where messages of subscriptions go. */
  readonly push: (message: Reply) => void;
  name: Bytes = "";
  database = 0;
  /** Commands between MULTI and EXEC. */
  queue: (readonly Bytes[])[] | undefined;
  /** A command could not be queued: EXEC refuses. */
  broken = false;
  /** A watched key has changed: EXEC does nothing. */
  overtaken = false;
  watched: Watched[] = [];
  readonly channels = new Set<Bytes>();
  readonly patterns = new Set<Bytes>();
  /** It is the stream of this replica's primary. */
  readonly isPrimary: boolean;
  /** Offset of the stream behind its last write, for WAIT. */
  writtenTo = 0;
  /** It has said QUIT. */
  leaving = false;

  constructor(id: number, push: (message: Reply) => void, isPrimary = false) {
    this.id = id;
    this.push = push;
    this.isPrimary = isPrimary;
  }

  /** Channels and patterns together, as confirmations count them. */
  get subscriptions(): number {
    return this.channels.size + this.patterns.size;
  }
}
