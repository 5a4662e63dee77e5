import type { Role } from "../../../core/mod.ts";
import type { Config } from "../../../reference/config/config.ts";
import { Fleet } from "../../fleet/fleet.ts";
import { entryPath } from "../entry-path.ts";
import type { Links } from "../links/links.ts";
import type { Lease } from "../leases.ts";
import type { LocalWorldOptions } from "../options.ts";
import { startTimeOf } from "../process-identity.ts";
import type { RunFolder } from "../run-folder.ts";
import type { Reaper } from "../start-reaper.ts";
import { readLeader } from "./leader.ts";
import { LocalReplica } from "./local-replica.ts";
import { ReplicaLife, type LifeOptions } from "./replica-life.ts";
import { replicaVariables } from "./replica-variables.ts";

/** What is there already when the replicas are started. */
export interface Site {
  readonly folder: RunFolder;
  readonly reaper: Reaper;
  readonly redisUrl: string;
  readonly natsUrl: string;
  /** Through which replicas reach the servers, and clients the gateways; directly without. */
  readonly links: Links | undefined;
  readonly sinkAddress: string;
  /** The settings as the replicas will read them. */
  readonly config: Config;
}

const readyWithinMs = 60_000;
/** Beyond the plane's own shutdown budget. */
const stopGraceMs = 2_000;

/** The fleet of a world: it knows how each replica's process is started. */
export function makeFleet(options: LocalWorldOptions, site: Site): Fleet<LocalReplica> {
  const { redisUrl, config, links, reaper } = site;
  const fleet: Fleet<LocalReplica> = new Fleet({
    create: (id, role) =>
      new LocalReplica(id, role, {
        witness: options.witness,
        stopWithinMs: config.shutdownTimeoutMs + stopGraceMs,
        leasePause: (pid) => reaper.lease(wakeUp(pid)),
        launch(port, onSprung) {
          if (fleet.closed) throw new Error(`${id} is started in a world that is closed`);
          return launch(options, site, { id, role, port, onSprung });
        },
      }),
    async begin(replica) {
      await links?.connect(replica.id);
      await replica.start();
      if (replica.role === "gateway" && replica.url !== undefined) await links?.expose(replica.id, replica.url);
    },
    readLeader: (replicas, role) => readLeader(redisUrl, replicas, role),
    clock: options.clock,
    // A dead leader's lease lives for two polls; then somebody has to notice.
    leaderWithinMs: 3 * config.reconcilerPollMs + 2_000,
  });
  return fleet;
}

function wakeUp(pid: number): Lease {
  const startTime = startTimeOf(pid);
  return startTime === undefined ? { wake: pid } : { wake: pid, startTime };
}

interface Launch {
  readonly id: string;
  readonly role: Role;
  readonly port: number;
  readonly onSprung: LifeOptions["onSprung"];
}

function launch(options: LocalWorldOptions, site: Site, { id, role, port, onSprung }: Launch): ReplicaLife {
  const { folder, reaper } = site;
  const life = new ReplicaLife({
    id,
    role,
    entry: options.replicaEntry ?? entryPath("../replica-main", import.meta.url),
    env: variablesOf(options, site, id, port),
    logPath: folder.logOf(id),
    readyWithinMs,
    onSpawn: reaper.watch,
    onSprung,
  });
  void life.exited.then(() => reaper.forget(life.pid));
  return life;
}

function variablesOf(options: LocalWorldOptions, site: Site, id: string, httpPort: number): Record<string, string> {
  const { redisUrl, natsUrl, links, sinkAddress, folder } = site;
  const redis = links?.addressOf({ from: id, to: "redis" });
  const nats = links?.addressOf({ from: id, to: "nats" });
  return replicaVariables({
    settings: { API_GATEWAY_REPLICAS: `${options.cluster.gateways}`, ...options.variables },
    id,
    httpPort,
    redisUrl: redis === undefined ? redisUrl : `redis://${redis}`,
    natsUrl: nats === undefined ? natsUrl : `nats://${nats}`,
    originNs: options.originNs,
    witnessFile: folder.witnessFileOf(id),
    without: options.without,
    sinkAddress,
  });
}
