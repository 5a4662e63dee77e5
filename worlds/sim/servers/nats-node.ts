import type { Random, ServerFault } from "../../../core/mod.ts";
import {
  electionMs,
  electionNoticeChance,
  NatsServer,
  type Kernel,
  type NatsOptions,
  type Network,
  type Realm,
} from "../../../sim/mod.ts";
import { serveNats, type ServedNats } from "./serve-nats.ts";
import { serverRealm } from "./server-realm.ts";

/** What a NATS is made of. */
export interface NatsParts {
  readonly kernel: Kernel;
  readonly network: Network;
  readonly version: string;
  /** Told of each message that a stream stores. */
  readonly stored: NonNullable<NatsOptions["stored"]>;
}

interface Life {
  readonly realm: Realm;
  readonly server: NatsServer;
  readonly clients: ServedNats;
}

const address = "nats";
const serversInCluster = 3;

/**
 * The NATS of a plane, as a process: the address `nats` leads to it, and it can be killed and begin again from its
 * disk. It also stands for a cluster of three that loses its leader; for nodes one by one there is `NatsCluster` of
 * `sim/nats`.
 */
export class NatsNode {
  readonly #parts: NatsParts;
  readonly #random: Random;
  #lives = 0;
  #life: Life;

  constructor(parts: NatsParts) {
    this.#parts = parts;
    this.#random = parts.kernel.random("nats cluster");
    this.#life = this.#begin();
  }

  /** Resolves when the server is down. */
  restart({ downMs }: Extract<ServerFault, { kind: "restartServer" }>): () => Promise<void> {
    const { realm, server } = this.#life;
    const disk = server.kill();
    realm.end({ why: "killed" });
    const back = this.#parts.kernel.clock.sleep(downMs).then(() => void (this.#life = this.#begin(disk)));
    return () => back;
  }

  /** Resolves when there is no leader. Of its clients a third was connected to it, whichever those are. */
  loseLeader(): () => Promise<void> {
    const { server, clients } = this.#life;
    server.loseLeader();
    clients.dropClients(() => this.#random.int(serversInCluster) === 0);
    const elected = this.#parts.kernel.clock.sleep(electionMs(this.#random)).then(() => {
      server.gainLeader({ tellsWaiting: this.#random.next() < electionNoticeChance });
    });
    return () => elected;
  }

  #begin(disk?: NatsOptions["disk"]): Life {
    const { kernel, network, version, stored } = this.#parts;
    const life = ++this.#lives;
    const realm = serverRealm(kernel, address, life);
    const random = kernel.random(`nats/${life}`);
    const server = new NatsServer({ clock: realm.clock, random, version, stored, ...(disk ? { disk } : {}) });
    return { realm, server, clients: serveNats(network, server, version, { name: address, realm }) };
  }
}
