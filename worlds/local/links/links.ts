import { join } from "node:path";

import { Toxiproxy } from "toxiproxy-node-client";

import { nearestNames, UsageError, type Disturbance, type Disturbed, type Link } from "../../../core/mod.ts";
import type { RunFolder } from "../run-folder.ts";
import type { Server } from "../servers/server.ts";
import type { Reaper } from "../start-reaper.ts";
import { LinkProxy, obeyed } from "./link-proxy.ts";
import { quietPort } from "./quiet-port.ts";
import { startToxiproxy } from "./toxiproxy.ts";

/** What links lead to. */
export interface LinkEnds {
  readonly redis: Server;
  readonly nats: Server;
}

/** The links of a world, each through a proxy of its own, all in one Toxiproxy. */
export interface Links {
  /** Lays the links from a replica to the servers; harmless when they are there. */
  connect(replica: string): Promise<void>;
  /** Lays the link from the clients to a gateway; harmless when it is there. */
  expose(gateway: string, url: string): Promise<void>;
  /** The address of a link's near end, or nothing when it has not been laid. */
  addressOf(link: Link): string | undefined;
  /** See `World.disturb`. */
  disturb(link: Link, disturbance: Disturbance): Promise<Disturbed>;
  readonly toxiproxy: Server;
}

const portAttempts = 5;

/**
 * Starts a Toxiproxy for a world.
 *
 * @param reaper - heals what is disturbed should this process die or stand still
 * @throws EnvironmentError `toxiproxy_missing`, `server_died`
 */
export async function openLinks({ redis, nats }: LinkEnds, folder: RunFolder, reaper: Reaper): Promise<Links> {
  const toxiproxy = await startToxiproxy(join(folder.data, "toxiproxy"), {
    logPath: folder.logOf("toxiproxy"),
    detached: true,
    onSpawn: reaper.watch,
  });
  const client = new Toxiproxy(toxiproxy.url);
  const proxies = new Map<string, LinkProxy>();
  const lay = async (link: Link, upstream: string): Promise<void> => {
    const name = nameOf(link);
    if (!proxies.has(name)) proxies.set(name, await makeProxy(client, name, upstream));
  };
  return {
    toxiproxy,
    async connect(replica) {
      await lay({ from: replica, to: "redis" }, hostOf(redis.url));
      await lay({ from: replica, to: "nats" }, hostOf(nats.url));
    },
    expose: (gateway, url) => lay({ from: "clients", to: gateway }, hostOf(url)),
    addressOf: (link) => proxies.get(nameOf(link))?.address,
    async disturb(link, disturbance) {
      const proxy = proxies.get(nameOf(link));
      if (!proxy) throw noSuchLink(link, [...proxies.keys()]);
      return leased(reaper, toxiproxy.url, () => proxy.disturb(disturbance));
    },
  };
}

/** The lease begins before the disturbance and ends after it, so that nothing is ever disturbed without one. */
async function leased(reaper: Reaper, url: string, disturb: () => Promise<Disturbed>): Promise<Disturbed> {
  const endLease = reaper.lease({ reset: url });
  try {
    const disturbed = await disturb();
    return { heal: () => disturbed.heal().then(endLease) };
  } catch (thrown) {
    endLease();
    throw thrown;
  }
}

async function makeProxy(client: Toxiproxy, name: string, upstream: string): Promise<LinkProxy> {
  for (let attempt = 1; ; attempt++) {
    try {
      const listen = `127.0.0.1:${await quietPort()}`;
      return new LinkProxy(await obeyed(client.createProxy({ name, listen, upstream })));
    } catch (thrown) {
      if (attempt === portAttempts) throw thrown;
    }
  }
}

/** A link's name: `scheduler-1.redis`. */
export function nameOf({ from, to }: Link): string {
  return `${from}.${to}`;
}

function hostOf(url: string): string {
  return new URL(url).host;
}

/** Somebody speaks of a link that these are not. */
export function noSuchLink(link: Link, known: readonly string[]): UsageError {
  const readable = (name: string): string => name.replace(".", " to ");
  const nearest = nearestNames(nameOf(link), known).map(readable);
  const hint = nearest.length > 0 ? `did you mean ${nearest.join(", ")}?` : `it has ${known.map(readable).join(", ")}`;
  return new UsageError(`There is no link from ${link.from} to ${link.to}`, hint);
}
