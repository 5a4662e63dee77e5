import { digestOf } from "./digest.ts";
import type { Lane } from "./lane.ts";
import type { Connection, Host, Peer } from "./network.ts";

/** Why a connection is over. */
export type ClosedReason = Parameters<Peer["closed"]>[0];

/** What an end asks of the connection that it belongs to. */
export interface Wire {
  /** The direction in which an end speaks. */
  laneOf(end: End): Lane;
  otherOf(end: End): End;
  /** Whether a message may set out: nothing has broken the connection, and nothing swallows it. */
  admits(end: End, about: string): boolean;
  /** Lets an end act now, in its realm. */
  enter(end: End, run: () => void): void;
  /** An end has come to know that it is over. */
  over(end: End): void;
}

interface Early {
  readonly message: unknown;
  readonly bytes: number;
  readonly about: string;
}

/** One end of a connection. */
export class End implements Connection {
  readonly from: string;
  readonly to: string;
  /** Whose end it is; not known at the far end before it takes the connection. */
  host: Host | undefined;
  peer: Peer | undefined;
  readonly #wire: Wire;
  #early: Early[] = [];
  #state: "opening" | "open" | "over" = "opening";

  constructor(from: string, to: string, wire: Wire) {
    this.from = from;
    this.to = to;
    this.#wire = wire;
  }

  get isOpen(): boolean {
    return this.#state === "open";
  }

  get isOver(): boolean {
    return this.#state === "over";
  }

  send(message: unknown, bytes: number, about: string): void {
    if (this.#state === "opening") this.#early.push({ message, bytes, about });
    else if (this.#state === "open" && this.#wire.admits(this, about)) {
      const { realm } = this.#wire.otherOf(this).host ?? {};
      this.#wire.laneOf(this).send({ message, bytes, about, digest: digestOf(message), realm });
    }
  }

  close(): void {
    if (this.isOver) return;
    this.#end();
    this.#wire.otherOf(this).tell("closed");
  }

  /** It is open from now on, as far as it knows; what it has said too early sets out. */
  open(): void {
    if (this.#state !== "opening") return;
    this.#state = "open";
    for (const { message, bytes, about } of this.#early.splice(0)) this.send(message, bytes, about);
  }

  /** It has asked for the connection, and got it. */
  opened(): void {
    if (this.#state !== "opening") return;
    this.open();
    this.peer?.opened?.();
  }

  received(message: unknown): void {
    if (!this.isOver) this.peer?.received(message);
  }

  /** Lets it know, over the link, that the connection is over. */
  tell(reason: ClosedReason): void {
    if (this.isOver) return;
    const hear = (): void => this.#hear(reason);
    const lane = this.#wire.laneOf(this.#wire.otherOf(this));
    // An end that has not taken the connection yet does not know in whose realm it will hear.
    if (this.host) lane.send({ about: reason, bytes: 0, realm: this.host.realm, arrived: hear });
    else lane.send({ about: reason, bytes: 0, realm: undefined, arrived: () => this.#wire.enter(this, hear) });
  }

  /** Its process is gone: it hears no more, and the other end is told by its kernel. */
  die(): void {
    if (this.isOver) return;
    this.#end();
    this.#wire.otherOf(this).tell("reset");
  }

  /** It has never come to be. */
  vanish(): void {
    if (!this.isOver) this.#end();
  }

  #hear(reason: ClosedReason): void {
    if (this.isOver) return;
    this.#end();
    this.peer?.closed(reason);
  }

  #end(): void {
    this.#state = "over";
    this.#early = [];
    this.#wire.over(this);
  }
}
