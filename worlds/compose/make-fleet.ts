import { devNull } from "node:os";

import type { Role } from "../../core/mod.ts";
import type { Config } from "../../reference/config/config.ts";
import type { Setting } from "../../reference/config/setting.ts";
import { settings } from "../../reference/config/settings.ts";
import { Fleet } from "../fleet/fleet.ts";
import { readLeader } from "../local/fleet/leader.ts";
import type { LocalWorldOptions } from "../local/options.ts";
import { harnessVariables } from "../local/replica-messages.ts";
import type { ContainerLinks } from "./container-links.ts";
import { ContainerReplica } from "./container-replica.ts";
import type { Exits } from "./docker/exits.ts";
import { containerOf, containerPort } from "./project/override.ts";
import type { ComposeProject } from "./project/project.ts";

/** What is there already when the replicas are started. */
export interface Site {
  readonly name: string;
  readonly project: ComposeProject;
  readonly exits: Exits;
  readonly redisUrl: string;
  /** Through which replicas reach the servers, and clients the gateways; directly without. */
  readonly links: ContainerLinks | undefined;
  /** As containers of the project reach it. */
  readonly sinkAddress: string;
  /** The settings as the replicas will read them. */
  readonly config: Config;
}

/** Folders of this machine that replicas write to, by their path in the container. */
export const insideFolders = { witnesses: "/seatrial/witnesses", compileCache: "/seatrial/compile-cache" } as const;

/** Where a replica finds the servers of its project, and is found. */
const inContainer = {
  REDIS_URL: "redis://redis:6379",
  NATS_URL: "nats://nats:4222",
  HTTP_HOST: "0.0.0.0",
  HTTP_PORT: `${containerPort}`,
} as const;

/** Beyond the plane's own shutdown budget: a signal takes a while to get into a container. */
const stopGraceMs = 3_000;

/** The fleet of a world: it knows how each replica's container comes to be. */
export function makeFleet(options: LocalWorldOptions, site: Site): Fleet<ContainerReplica> {
  const { name, project, exits, redisUrl, links, config } = site;
  const fleet: Fleet<ContainerReplica> = new Fleet({
    create: (id, role) =>
      new ContainerReplica(id, role, {
        container: containerOf(name, id),
        witness: options.witness,
        exits,
        async create() {
          const detours = (await links?.connect(id)) ?? {};
          return project.create({ id, role, variables: { ...variablesOf(options, site, id, role), ...detours } });
        },
        isOver: () => fleet.closed,
        stopWithinMs: config.shutdownTimeoutMs + stopGraceMs,
      }),
    async begin(replica) {
      await replica.start();
      if (replica.role === "gateway") await links?.expose(replica.id, containerPort);
    },
    readLeader: (replicas, role) => readLeader(redisUrl, replicas, role),
    clock: options.clock,
    // A dead leader's lease lives for two polls; then somebody has to notice.
    leaderWithinMs: 3 * config.reconcilerPollMs + 2_000,
  });
  return fleet;
}

/** Every setting, so that none comes from a shell or a `.env` file by way of the base files. */
function variablesOf(options: LocalWorldOptions, site: Site, id: string, role: Role): Record<string, string> {
  const { cluster, variables, originNs, without, witnessed = true } = options;
  const defaults = Object.values<Setting>(settings).map((setting) => [setting.env, setting.default]);
  return {
    ...(Object.fromEntries(defaults) as Record<string, string>),
    API_GATEWAY_REPLICAS: `${cluster.gateways}`,
    ...variables,
    ...inContainer,
    CORDUM_INSTANCE_ID: id,
    NODE_COMPILE_CACHE: insideFolders.compileCache,
    [harnessVariables.originNs]: `${originNs}`,
    [harnessVariables.witnessFile]: witnessed ? `${insideFolders.witnesses}/${id}.jsonl` : devNull,
    [harnessVariables.without]: without.join(","),
    ...(role === "worker" ? { [harnessVariables.sink]: site.sinkAddress } : {}),
  };
}
