import type { Role } from "../../core/mod.ts";
import type { Config } from "../../reference/config/config.ts";
import { Fleet } from "../local/fleet/fleet.ts";
import { readLeader } from "../local/fleet/leader.ts";
import type { LocalWorldOptions } from "../local/options.ts";
import { harnessVariables } from "../local/replica-messages.ts";
import { ContainerReplica } from "./container-replica.ts";
import type { Exits } from "./docker/exits.ts";
import { containerOf } from "./project/override.ts";
import type { ComposeProject } from "./project/project.ts";

/** What is there already when the replicas are started. */
export interface Site {
  readonly name: string;
  readonly project: ComposeProject;
  readonly exits: Exits;
  readonly redisUrl: string;
  /** As containers of the project reach it. */
  readonly sinkAddress: string;
  /** The settings as the replicas will read them. */
  readonly config: Config;
}

/** Folders of this machine that replicas write to, by their path in the container. */
export const insideFolders = { witnesses: "/seatrial/witnesses", compileCache: "/seatrial/compile-cache" } as const;

/** Beyond the plane's own shutdown budget: a signal takes a while to get into a container. */
const stopGraceMs = 3_000;

/** The fleet of a world: it knows how each replica's container comes to be. */
export function makeFleet(options: LocalWorldOptions, site: Site): Fleet<ContainerReplica> {
  const { name, project, exits, redisUrl, config } = site;
  const fleet: Fleet<ContainerReplica> = new Fleet({
    create: (id, role) =>
      new ContainerReplica(id, role, {
        container: containerOf(name, id),
        witness: options.witness,
        exits,
        create: () => project.create({ id, role, variables: variablesOf(options, site, id, role) }),
        isOver: () => fleet.closed,
        stopWithinMs: config.shutdownTimeoutMs + stopGraceMs,
      }),
    begin: (replica) => replica.start(),
    readLeader: (replicas, role) => readLeader(redisUrl, replicas, role),
    // A dead leader's lease lives for two polls; then somebody has to notice.
    leaderWithinMs: 3 * config.reconcilerPollMs + 2_000,
  });
  return fleet;
}

/** What the base files do not say already, or say otherwise. */
function variablesOf(options: LocalWorldOptions, site: Site, id: string, role: Role): Record<string, string> {
  const { cluster, variables, originNs, without } = options;
  return {
    API_GATEWAY_REPLICAS: `${cluster.gateways}`,
    ...variables,
    CORDUM_INSTANCE_ID: id,
    NODE_COMPILE_CACHE: insideFolders.compileCache,
    [harnessVariables.originNs]: `${originNs}`,
    [harnessVariables.witnessFile]: `${insideFolders.witnesses}/${id}.jsonl`,
    [harnessVariables.without]: without.join(","),
    ...(role === "worker" ? { [harnessVariables.sink]: site.sinkAddress } : {}),
  };
}
