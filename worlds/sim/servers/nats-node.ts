import type { ServerFault } from "../../../core/mod.ts";
import { NatsServer, type Kernel, type Network, type StoredMessage } from "../../../sim/mod.ts";
import { serveNats, type ServedNats } from "./serve-nats.ts";
import { serverRealm } from "./server-realm.ts";

/** A fault of NATS itself, of one kind. */
type NatsFault<Kind extends ServerFault["kind"]> = Extract<ServerFault, { kind: Kind; server: "nats" }>;

/** What a NATS is made of. */
export interface NatsParts {
  readonly kernel: Kernel;
  readonly network: Network;
  readonly version: string;
  /** Told of each message that a stream stores. */
  readonly stored: (message: StoredMessage) => void;
}

const address = "nats";

/** The NATS of a plane, as a process: the address `nats` leads to it. */
export class NatsNode {
  readonly #parts: NatsParts;
  readonly #server: NatsServer;
  #lives = 0;
  #end: () => void = () => {};
  #clients: ServedNats;

  constructor(parts: NatsParts) {
    const { kernel, version, stored } = parts;
    this.#parts = parts;
    this.#server = new NatsServer({ clock: kernel.clock, random: kernel.random("nats"), version, stored });
    this.#clients = this.#begin();
  }

  /** Resolves when the server is down. */
  async restart({ downMs }: NatsFault<"restartServer">): Promise<() => Promise<void>> {
    this.#end();
    const back = this.#parts.kernel.clock.sleep(downMs).then(() => void (this.#clients = this.#begin()));
    return () => back;
  }

  async loseLeader(_fault: NatsFault<"loseLeader">): Promise<() => Promise<void>> {
    this.#clients.dropClients(() => true);
    return () => Promise.resolve();
  }

  #begin(): ServedNats {
    const { kernel, network, version } = this.#parts;
    const realm = serverRealm(kernel, address, ++this.#lives);
    this.#end = () => realm.end({ why: "killed" });
    return serveNats(network, this.#server, version, { name: address, realm });
  }
}
