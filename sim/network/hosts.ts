import { SeatrialError } from "../../core/mod.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { End } from "./end.ts";
import type { Host } from "./network.ts";
import type { Listener } from "./tcp-connection.ts";

/** Who is on the network: who listens, and whose ends there are. */
export class Hosts {
  readonly #kernel: Kernel;
  readonly #connectionsMax: number;
  readonly #listeners = new Map<string, Listener>();
  readonly #ends = new Map<Host, Set<End>>();

  constructor(kernel: Kernel, connectionsMax: number) {
    this.#kernel = kernel;
    this.#connectionsMax = connectionsMax;
  }

  listen(listener: Listener): () => void {
    const { name, realm } = listener.host;
    if (this.listenerAt(name)) throw new Error(`${name} listens already`);
    if (realm?.dead) throw new Error(`${name} is dead and cannot listen`);
    this.#listeners.set(name, listener);
    const stop = (): void => {
      Object.assign(listener, { stopped: true });
      if (this.#listeners.get(name) === listener) this.#listeners.delete(name);
    };
    realm?.onDeath(stop);
    return stop;
  }

  listenerAt(name: string): Listener | undefined {
    return this.#listeners.get(name);
  }

  /** An end belongs to a host from now on: it dies with it. */
  attach(host: Host, end: End): void {
    const ends = this.#endsOf(host);
    if (ends.size >= this.#connectionsMax) this.#kernel.fail(tooMany(host.name, this.#connectionsMax));
    ends.add(end);
  }

  detach(host: Host, end: End): void {
    this.#ends.get(host)?.delete(end);
  }

  #endsOf(host: Host): Set<End> {
    const known = this.#ends.get(host);
    if (known) return known;
    const ends = new Set<End>();
    this.#ends.set(host, ends);
    host.realm?.onDeath(() => this.#die(host, ends));
    return ends;
  }

  #die(host: Host, ends: Set<End>): void {
    for (const end of ends) end.die();
    this.#ends.delete(host);
  }
}

function tooMany(host: string, max: number): SeatrialError {
  return new SeatrialError("simulation_connections", `${host} has more than ${max} connections at once`, {
    hint: "something opens connections and never closes them",
  });
}
