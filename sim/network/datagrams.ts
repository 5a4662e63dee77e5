import type { Kernel } from "../kernel/kernel.ts";
import { digestOf } from "./digest.ts";
import type { Host, Listening, Receiver } from "./network.ts";
import type { SimulatedLink } from "./simulated-link.ts";
import type { Way } from "./way.ts";

/** A message without a connection. */
export interface Datagram {
  readonly from: string;
  readonly to: string;
  readonly message: unknown;
  readonly bytes: number;
  readonly about: string;
}

/**
 * Messages without a connection: each may be lost, arrive twice, or overtake another.
 *
 * Such a network is for protocols of one's own; no part of the reference plane speaks without a connection. Its links
 * are TCP (`TcpConnection`), where a lost segment is sent again: there loss is lateness, nothing comes twice, and
 * nothing is reordered within a connection, though connections overtake each other.
 */
export class Datagrams {
  readonly #kernel: Kernel;
  readonly #receivers = new Map<string, { readonly host: Host; readonly received: Receiver }>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  receive(host: Host, received: Receiver): Listening {
    if (this.#receivers.has(host.name)) throw new Error(`${host.name} receives already`);
    const receiver = { host, received };
    this.#receivers.set(host.name, receiver);
    const stop = (): void => {
      if (this.#receivers.get(host.name) === receiver) this.#receivers.delete(host.name);
    };
    host.realm?.onDeath(stop);
    return { stop };
  }

  post(link: SimulatedLink, way: Way, datagram: Datagram): void {
    const copies = link.cuts > 0 ? 0 : this.#copiesOf(way);
    const { from, about } = datagram;
    if (copies === 0) this.#kernel.trace.note(this.#kernel.now(), from, "lost", about);
    for (let copy = 0; copy < copies; copy++) this.#send(way, datagram);
  }

  #copiesOf(way: Way): number {
    if (way.holes > 0 || way.partitions > 0) return 0;
    const loss = way.loss();
    if (loss > 0 && way.random.next() < loss) return 0;
    const { duplication } = way.model;
    return duplication > 0 && way.random.next() < duplication ? 2 : 1;
  }

  #send(way: Way, { from, to, message, bytes, about }: Datagram): void {
    const receiver = this.#receivers.get(to);
    this.#kernel.schedule({
      atMs: this.#kernel.now() + way.transmissionMs(bytes) + way.latencyMs(),
      what: `post from ${from}`,
      detail: about,
      size: bytes,
      digest: digestOf(message),
      who: to,
      lane: `${from}>${to} posts`,
      realm: receiver?.host.realm,
      run: () => this.#receivers.get(to)?.received(message, from),
    });
  }
}
