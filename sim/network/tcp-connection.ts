import type { Kernel } from "../kernel/kernel.ts";
import { End, type ClosedReason, type Wire } from "./end.ts";
import { Lane } from "./lane.ts";
import type { Connection, Host, Peer } from "./network.ts";
import type { LinkedConnection, SimulatedLink } from "./simulated-link.ts";

/** Whoever takes connections at a host. */
export interface Listener {
  readonly host: Host;
  accept(connection: Connection): Peer;
  stopped: boolean;
}

/** What a connection is made of. */
export interface ConnectionParts {
  readonly kernel: Kernel;
  readonly link: SimulatedLink;
  readonly from: Host;
  readonly peer: Peer;
  readonly number: number;
  readonly inFlightMax: number;
  /** Who listens at the other end at this moment. */
  listener(): Listener | undefined;
  /** An end belongs to a host from now on, or no more. */
  attach(host: Host, end: End): void;
  detach(host: Host, end: End): void;
}

/** Both ends of a connection, and both directions between them. */
export class TcpConnection implements Wire, LinkedConnection {
  readonly near: End;
  readonly #far: End;
  readonly #there: Lane;
  readonly #back: Lane;
  readonly #parts: ConnectionParts;
  #broken = false;

  constructor(parts: ConnectionParts) {
    const { kernel, link, from, peer, number, inFlightMax } = parts;
    const to = link.to;
    const [near, far] = [new End(from.name, to, this), new End(to, from.name, this)];
    const lane = (sender: End, receiver: End, way: "there" | "back"): Lane =>
      new Lane({
        kernel,
        way: link[way],
        name: `${sender.from}>${sender.to}#${number}`,
        from: sender.from,
        to: sender.to,
        inFlightMax,
        received: (message) => receiver.received(message),
      });
    this.#there = lane(near, far, "there");
    this.#back = lane(far, near, "back");
    this.#parts = parts;
    this.near = near;
    this.#far = far;
    near.peer = peer;
    this.#join(near, from);
  }

  /** Asks for the connection. The process at the other end may be paused: its kernel answers for it. */
  request(): void {
    this.#parts.link.connections.add(this);
    this.#there.send({ about: "connect", bytes: 0, realm: undefined, arrived: () => this.#requested() });
  }

  laneOf(end: End): Lane {
    return end === this.near ? this.#there : this.#back;
  }

  otherOf(end: End): End {
    return end === this.near ? this.#far : this.near;
  }

  admits(end: End, about: string): boolean {
    const { kernel, link } = this.#parts;
    if (!this.#broken && link.resets > 0) this.break("reset");
    const swallowed = this.#broken || this.laneOf(end).way.holes > 0;
    if (swallowed) kernel.trace.note(kernel.now(), end.from, "lost", about);
    return !swallowed;
  }

  enter(end: End, run: () => void): void {
    const { kernel } = this.#parts;
    kernel.schedule({ atMs: kernel.now(), what: "network", realm: end.host?.realm, lane: `${end.from} accepts`, run });
  }

  over(end: End): void {
    if (end.host) this.#parts.detach(end.host, end);
    if (this.otherOf(end).isOver) this.#parts.link.connections.delete(this);
  }

  break(reason: ClosedReason): void {
    if (this.#broken) return;
    this.#broken = true;
    for (const end of [this.near, this.#far]) {
      this.laneOf(end).clear();
      this.otherOf(end).tell(reason);
    }
  }

  hasten(): void {
    this.#there.hasten();
    this.#back.hasten();
  }

  retransmit(): void {
    this.#there.retransmit();
    this.#back.retransmit();
  }

  #requested(): void {
    const taker = this.#parts.link.cuts > 0 ? undefined : this.#parts.listener();
    if (!taker || this.near.isOver) return this.#refuse();
    this.#join(this.#far, taker.host);
    this.#back.send({ about: "accepted", bytes: 0, realm: this.near.host?.realm, arrived: () => this.near.opened() });
    this.enter(this.#far, () => this.#accept(taker));
  }

  #accept(taker: Listener): void {
    if (this.#far.isOver) return;
    if (taker.stopped) return this.break("reset");
    this.#far.peer = taker.accept(this.#far);
    this.#far.open();
  }

  #refuse(): void {
    this.near.tell("refused");
    this.#far.vanish();
  }

  #join(end: End, host: Host): void {
    end.host = host;
    this.#parts.attach(host, end);
  }
}
