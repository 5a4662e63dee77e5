import { RedisServer, type Kernel, type Network, type Snapshot } from "../../../sim/mod.ts";
import type { RealmHost } from "../replica/realm-network.ts";
import { feedReplicas, followPrimary, type Following } from "./replication.ts";
import { serveRedis, type ServedRedis } from "./serve-redis.ts";
import { serverRealm } from "./server-realm.ts";

/** What a node stands on. */
export interface NodeParts {
  readonly kernel: Kernel;
  readonly network: Network;
}

/** One life of a node: what is gone when it is killed. */
interface Life {
  readonly host: RealmHost;
  readonly server: RedisServer;
  clients: ServedRedis | undefined;
  following: Following | undefined;
}

/** Where clients find the primary, whichever node that is. */
const address = "redis";

/** One Redis as a process, a host of its own name: it takes clients when it is told to, and can be killed or sleep. */
export class RedisNode {
  readonly name: string;
  readonly #parts: NodeParts;
  #lives = 0;
  #life: Life;

  constructor(name: string, parts: NodeParts) {
    this.name = name;
    this.#parts = parts;
    this.#life = this.#begin();
  }

  get server(): RedisServer {
    return this.#life.server;
  }

  get isUp(): boolean {
    return !this.#life.host.realm.dead;
  }

  /** Starts it again, with what it finds on its disk. */
  start(data?: Snapshot): void {
    this.#life = this.#begin(data);
  }

  /** Every connection breaks, and nobody listens any more. */
  kill(): void {
    this.#life.host.realm.end({ why: "killed" });
  }

  pause(): void {
    this.#life.host.realm.pause();
  }

  resume(): void {
    this.#life.host.realm.resume();
  }

  /** From now on, the address leads here. */
  takeAddress(): void {
    const { host, server } = this.#life;
    this.#life.clients = serveRedis(this.#parts.network, server, { name: address, realm: host.realm });
  }

  /** The address does not lead here any more. Who is connected stays so. */
  leaveAddress(): void {
    this.#life.clients?.stop();
  }

  /** Becomes a replica. Its clients are sent away, as Sentinel does, so that none goes on reading old data. */
  follow(primary: RedisNode): void {
    const { host, server, clients } = this.#life;
    clients?.dropClients();
    this.#life.following = followPrimary({ network: this.#parts.network, host, server }, primary.name);
  }

  /** Becomes a primary with what it has. */
  promote(): void {
    this.#life.following?.leave();
    this.server.promote();
  }

  #begin(data?: Snapshot): Life {
    const { kernel, network } = this.#parts;
    const life = ++this.#lives;
    const realm = serverRealm(kernel, this.name, life);
    const random = kernel.random(`${this.name}/${life}`);
    const server = new RedisServer({ clock: realm.clock, random, ...(data ? { data } : {}) });
    const host = { name: this.name, realm };
    feedReplicas({ network, host, server });
    return { host, server, clients: undefined, following: undefined };
  }
}
