import { setTimeout as delay } from "node:timers/promises";

import { Toxiproxy } from "toxiproxy-node-client";

import { EnvironmentError, UsageError, type Disturbance, type Disturbed, type Link } from "../../core/mod.ts";
import { LinkProxy, obeyed } from "../local/links/link-proxy.ts";
import { nameOf, noSuchLink } from "../local/links/links.ts";
import { quietPort } from "../local/links/quiet-port.ts";
import { serviceOfReplica, type ToxiproxyPorts } from "./project/override.ts";

const firstClientPort = 21_000;
const firstServerPort = 22_000;
/** Gateways may join. */
const sparePorts = 4;
const answersWithinMs = 60_000;

/** Chooses the ports of a Toxiproxy that is to be created. */
export async function toxiproxyPorts(gateways: number): Promise<ToxiproxyPorts> {
  const clients: Record<number, number> = {};
  for (let index = 0; index < gateways + sparePorts; index++) clients[firstClientPort + index] = await quietPort();
  return { api: await quietPort(), clients };
}

/**
 * The links of a plane in containers, each through a proxy of its own in the project's Toxiproxy. They are gone with
 * the project, so that nothing stays disturbed when the harness dies.
 */
export class ContainerLinks {
  readonly #ports: ToxiproxyPorts;
  readonly #client: Toxiproxy;
  readonly #proxies = new Map<string, LinkProxy>();
  readonly #insidePorts = new Map<string, number>();

  constructor(ports: ToxiproxyPorts) {
    this.#ports = ports;
    this.#client = new Toxiproxy(`http://127.0.0.1:${ports.api}`);
  }

  /** Waits until Toxiproxy answers. */
  async open(signal: AbortSignal): Promise<void> {
    const deadline = performance.now() + answersWithinMs;
    while (performance.now() < deadline) {
      // A published port takes connections before anyone listens behind it: no answer is none yet.
      const version = await obeyed(this.#client.getVersion()).catch(() => undefined);
      if (version !== undefined) return;
      await delay(50, undefined, { signal });
    }
    throw new EnvironmentError("server_died", "The container of toxiproxy does not answer", "see logs/toxiproxy.log");
  }

  /** Lays the links from a replica to the servers, and answers the settings by which it takes them. */
  async connect(replica: string): Promise<Record<string, string>> {
    const redis = await this.#lay({ from: replica, to: "redis" }, this.#serverPort(), "redis:6379");
    const nats = await this.#lay({ from: replica, to: "nats" }, this.#serverPort(), "nats:4222");
    return { REDIS_URL: `redis://toxiproxy:${redis}`, NATS_URL: `nats://toxiproxy:${nats}` };
  }

  /** Lays the link from the clients to a gateway; harmless when it is there. */
  async expose(gateway: string, port: number): Promise<void> {
    const link = { from: "clients", to: gateway };
    if (this.#proxies.has(nameOf(link))) return;
    const taken = new Set(this.#insidePorts.values());
    const free = Object.keys(this.#ports.clients).find((inside) => !taken.has(Number(inside)));
    if (free === undefined)
      throw new UsageError(`No more than ${sparePorts} gateways can join where links are disturbed`);
    await this.#lay(link, Number(free), `${serviceOfReplica({ id: gateway, role: "gateway" })}:${port}`);
  }

  /** Where clients reach a gateway over their link, once it has been laid. */
  urlOf(gateway: string): string | undefined {
    const inside = this.#insidePorts.get(nameOf({ from: "clients", to: gateway }));
    return inside === undefined ? undefined : `http://127.0.0.1:${this.#ports.clients[inside]}`;
  }

  /** See `World.disturb`. */
  async disturb(link: Link, disturbance: Disturbance): Promise<Disturbed> {
    const proxy = this.#proxies.get(nameOf(link));
    if (!proxy) throw noSuchLink(link, [...this.#proxies.keys()]);
    return proxy.disturb(disturbance);
  }

  #serverPort(): number {
    return firstServerPort + this.#insidePorts.size;
  }

  async #lay(link: Link, inside: number, upstream: string): Promise<number> {
    const name = nameOf(link);
    this.#insidePorts.set(name, inside);
    const listen = `0.0.0.0:${inside}`;
    this.#proxies.set(name, new LinkProxy(await obeyed(this.#client.createProxy({ name, listen, upstream }))));
    return inside;
  }
}
