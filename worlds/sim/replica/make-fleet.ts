import type { Role } from "../../../core/mod.ts";
import { readConfig, type Config } from "../../../reference/config/config.ts";
import { startReplica, type ReplicaOptions } from "../../../reference/plane.ts";
import type { Running } from "../../../reference/running.ts";
import type { SafeguardName } from "../../../reference/safeguards.ts";
import type { Network, Realm } from "../../../sim/mod.ts";
import { Fleet } from "../../fleet/fleet.ts";
import { holderAmong } from "../../fleet/leader.ts";
import { interceptWith } from "../../inside/intercept.ts";
import type { TrapBoard } from "../../inside/trap-board.ts";
import { harnessWork } from "../../inside/work.ts";
import { simDrivers } from "../drivers/drivers.ts";
import { RingLog } from "../drivers/ring-log.ts";
import { simSinkClient } from "../effects/sink-client.ts";
import type { SimWorldOptions } from "../options.ts";
import type { Servers } from "../servers/make-servers.ts";
import { realmWitness } from "../witness/realm-witness.ts";
import { setClock } from "./set-clock.ts";
import { RealmNetwork } from "./realm-network.ts";
import { SimReplica } from "./sim-replica.ts";

/** What is there already when the replicas are started. */
export interface Site {
  readonly network: Network;
  readonly servers: Servers;
  /** The last lines that each replica logged. */
  readonly logs: Map<string, RingLog>;
}

/** Beyond the plane's own shutdown budget. */
const stopGraceMs = 2_000;

/** The fleet of a simulated world: it knows how each life of a replica is started. */
export function makeFleet(options: SimWorldOptions, site: Site): Fleet<SimReplica> {
  const { kernel, history } = options;
  const config = configOf(options);
  return new Fleet({
    create(id, role) {
      const log = new RingLog();
      site.logs.set(id, log);
      return new SimReplica(id, role, {
        kernel,
        witness: history.witness("harness"),
        stopWithinMs: config.shutdownTimeoutMs + stopGraceMs,
        start: (realm, board) => startIn(realm, board, { ...options, ...site, config, role, log }),
      });
    },
    begin: (replica) => replica.start(),
    readLeader(replicas, role) {
      const holder = site.servers.leaseOf(role);
      return Promise.resolve(holder === undefined ? undefined : holderAmong(holder, replicas));
    },
    clock: kernel.clock,
    // A dead leader's lease lives for two polls; then somebody has to notice.
    leaderWithinMs: 3 * config.reconcilerPollMs + 2_000,
  });
}

function configOf({ cluster, variables }: SimWorldOptions): Config {
  return readConfig({
    API_GATEWAY_REPLICAS: `${cluster.gateways}`,
    ...variables,
    REDIS_URL: "redis://redis:6379",
    NATS_URL: "nats://nats:4222",
  });
}

interface Start extends SimWorldOptions, Site {
  readonly config: Config;
  readonly role: Role;
  readonly log: RingLog;
}

/** The replica's board, with somebody who listens to what passes it. */
function overheard(board: TrapBoard, { name }: Realm, { kernel, onCall }: Start): TrapBoard {
  if (!onCall) return board;
  return {
    ...board,
    pass(call, make) {
      onCall({ at: kernel.now(), replica: name, call });
      return board.pass(call, make);
    },
  };
}

function startIn(realm: Realm, board: TrapBoard, start: Start): Promise<Running> {
  const { kernel, conditions, role, log, without } = start;
  setClock(realm, conditions, kernel.random(`clock/${realm.name}`));
  const network = new RealmNetwork(kernel, start.network, { name: realm.name, realm });
  const witness = realmWitness(start.history, realm);
  const { clock } = realm;
  const tools: ReplicaOptions = {
    role,
    clock,
    witness,
    config: { ...start.config, instance: realm.name },
    without: new Set(without as SafeguardName[]),
    intercept: interceptWith(overheard(board, realm, start)),
    drivers: simDrivers(network, log),
  };
  if (role !== "worker") return startReplica(tools);
  const sink = simSinkClient(network, clock);
  const ids = realm.random.fork("executions");
  const work = harnessWork({ worker: realm.name, clock, witness, sink, newId: () => ids.id() });
  return startReplica({ ...tools, work });
}
