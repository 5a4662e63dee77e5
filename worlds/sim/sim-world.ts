import { lostBytesSample, UsageError, type Link, type TrialWorld } from "../../core/mod.ts";
import { makeNetwork } from "../../sim/mod.ts";
import type { Fleet } from "../fleet/fleet.ts";
import { assertOptions } from "../local/options.ts";
import type { RingLog } from "./drivers/ring-log.ts";
import { serveSink } from "./effects/serve-sink.ts";
import { simHttp } from "./http/http-client.ts";
import type { SimWorldOptions } from "./options.ts";
import { makeFleet } from "./replica/make-fleet.ts";
import type { SimReplica } from "./replica/sim-replica.ts";
import { makeServers, simulatedVersions } from "./servers/make-servers.ts";
import { streamTap } from "./stream-tap.ts";

/** A plane that runs in virtual time, in this process: replicas, servers and network are simulated. */
export interface SimWorld extends TrialWorld {
  /** The last lines that each replica logged, by its id. */
  readonly logs: ReadonlyMap<string, RingLog>;
}

/**
 * Boots a plane in the kernel's virtual time: Redis, NATS and the effect sink first, then every replica
 * at the same time, each in a realm of its own.
 *
 * @throws EnvironmentError `replica_died` when a replica does not start
 * @throws UsageError when the options name what does not exist.
 */
export async function bootSimWorld(options: SimWorldOptions): Promise<SimWorld> {
  assertOptions(options);
  const { kernel, conditions, history, cluster, signal } = options;
  const network = makeNetwork(kernel, conditions);
  const witness = history.witness("harness");
  const servers = makeServers(kernel, network, streamTap(history.witness("tap")), {
    hasReplica: conditions.redisReplica === true || options.needsReplica === true,
    onLost: (value) => witness.record({ kind: "sample", name: lostBytesSample, value }),
  });
  serveSink(network, history.witness("sink"));
  const logs = new Map<string, RingLog>();
  const fleet = makeFleet(options, { network, servers, logs });
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= fleet.close(signal));
  await fleet.start(cluster);
  const { duplication } = conditions;
  const openHttp = simHttp({ network, host: { name: "clients" }, random: kernel.random("duplication"), duplication });
  return {
    kind: "sim",
    natsUrl: "nats://nats:4222",
    versions: simulatedVersions,
    openHttp,
    logs,
    replicas: () => fleet.list(),
    gateways: () => gatewaysOf(fleet),
    witnessFiles: () => [],
    pick: (selector) => fleet.pick(selector),
    join: (role) => fleet.join(role),
    stop: async (id) => fleet.find(id).stop(),
    kill: async (id) => fleet.find(id).kill(),
    pause: async (id) => fleet.find(id).pause(),
    resume: async (id) => fleet.find(id).resume(),
    restart: async (id) => fleet.find(id).start(),
    setTrap: async (id, trap) => fleet.find(id).setTrap(trap),
    strikeServer: (fault) => servers.strike(fault),
    disturb: async (link, disturbance) => network.disturb(known(fleet, link), disturbance),
    partition: async (link, way) => network.disturb(known(fleet, link), { kind: "partition", way }),
    jumpClock: async (id, byMs) => fleet.find(id).jumpClock(byMs),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function gatewaysOf(fleet: Fleet<SimReplica>): { id: string; url: string }[] {
  return fleet.list().flatMap(({ id, role, url }) => (role === "gateway" && url !== undefined ? [{ id, url }] : []));
}

/** @throws UsageError when there is no such link */
function known(fleet: Fleet<SimReplica>, link: Link): Link {
  const isKnown =
    link.from === "clients"
      ? fleet.find(link.to).role === "gateway"
      : fleet.find(link.from).id === link.from && (link.to === "redis" || link.to === "nats");
  if (!isKnown)
    throw new UsageError(`There is no link from ${link.from} to ${link.to}`, "replicas have redis and nats");
  return link;
}
