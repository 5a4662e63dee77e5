import {
  EnvironmentError,
  openHistoryWriter,
  UsageError,
  type HistoryWriter,
  type TrialWorld,
} from "../../core/mod.ts";
import { readConfig } from "../../reference/config/config.ts";
import type { Fleet } from "../fleet/fleet.ts";
import { assembled } from "./assembly.ts";
import { assertAlive, startBackends, versionsOf, type Backends } from "./backends.ts";
import { openEffectSink } from "./effects/effect-sink.ts";
import type { LocalReplica } from "./fleet/local-replica.ts";
import { makeFleet } from "./fleet/make-fleet.ts";
import { openLinks, type Links } from "./links/links.ts";
import type { LocalWorldOptions } from "./options.ts";
import { makeRunFolder, type RunFolder } from "./run-folder.ts";
import { startReaper, type Reaper } from "./start-reaper.ts";
import { openStreamTap } from "./stream-tap.ts";
import type { Teardown } from "./teardown.ts";

/** A plane of real processes on this machine, with a Redis and a NATS of its own, all on loopback. */
export interface LocalWorld extends TrialWorld {
  readonly redisUrl: string;
}

const catchUpWithinMs = 10_000;

/**
 * Boots a plane: Redis and NATS at the same time, then every replica at the same time, each a process of its own.
 * Whatever becomes of this process, they do not outlive it.
 *
 * @throws EnvironmentError when a server or a replica cannot be started (`server_missing`, `server_died`,
 *   `replica_died`) or the folder cannot be written (`folder_not_writable`); nothing is left running.
 * @throws UsageError when the options name what does not exist.
 */
export function bootLocalWorld(options: LocalWorldOptions): Promise<LocalWorld> {
  return assembled(options, assemble);
}

/** Each part in its turn; the teardown takes them down in reverse. */
async function assemble(options: LocalWorldOptions, teardown: Teardown, haste: AbortSignal): Promise<LocalWorld> {
  const { clock, progress } = options;
  const config = readConfig(options.variables);
  const folder = makeRunFolder(options.folder, options.witnessed);
  const reaper = await startReaper(folder.data);
  teardown.add(() => reaper.done());
  teardown.add(() => folder.removeData());
  const backends = await startBackends(folder, reaper.watch, options.servers);
  teardown.add(backends.kill);
  haste.throwIfAborted();
  const versions = await versionsOf(backends);
  progress?.(`Redis ${versions.redis} and NATS ${versions.nats} are up`);
  const [redisUrl, natsUrl] = [backends.redis.url, backends.nats.url];
  const links = options.links === true ? await layLinks(backends, folder, reaper, teardown) : undefined;
  const sink = await openEffectSink(openWitness("sink", options, folder, teardown));
  teardown.add(sink.close);
  const tap = await openStreamTap(natsUrl, clock, openWitness("tap", options, folder, teardown));
  teardown.add(() => tap.close());
  teardown.add(async () => {
    if (haste.aborted) return;
    assertAlive([backends.redis, backends.nats, ...(links ? [links.toxiproxy] : [])]);
    if (reaper.lapsed()) throw lapsed();
    await tap.catchUp(catchUpWithinMs);
  });
  const fleet = makeFleet(options, { folder, reaper, redisUrl, natsUrl, links, sinkAddress: sink.address, config });
  teardown.add(() => fleet.close(haste));
  haste.throwIfAborted();
  await fleet.start(options.cluster);
  progress?.(`${fleet.list().length} replicas are ready`);
  return worldOf({ fleet, folder, links }, { redisUrl, natsUrl, versions }, () => teardown.run());
}

async function layLinks(backends: Backends, folder: RunFolder, reaper: Reaper, teardown: Teardown): Promise<Links> {
  const links = await openLinks(backends, folder, reaper);
  teardown.add(() => links.toxiproxy.kill());
  return links;
}

function openWitness(who: string, { clock }: LocalWorldOptions, folder: RunFolder, teardown: Teardown): HistoryWriter {
  const witness = openHistoryWriter(folder.witnessFileOf(who), who, clock);
  teardown.add(() => witness.close());
  return witness;
}

function lapsed(): EnvironmentError {
  return new EnvironmentError(
    "fault_lapsed",
    "This process stood still for so long that its faults were healed in its place, so the run proves nothing",
    "run it again on a quieter machine, and do not suspend it",
  );
}

interface Plane {
  readonly fleet: Fleet<LocalReplica>;
  readonly folder: RunFolder;
  readonly links: Links | undefined;
}

function worldOf(
  { fleet, folder, links }: Plane,
  addresses: Pick<LocalWorld, "redisUrl" | "natsUrl" | "versions">,
  close: () => Promise<void>,
): LocalWorld {
  return {
    kind: "local",
    ...addresses,
    replicas: () => fleet.list(),
    gateways: () => gatewaysOf(fleet, links),
    witnessFiles: () => folder.witnessFiles(),
    pick: (selector) => fleet.pick(selector),
    join: (role) => fleet.join(role),
    stop: async (id) => fleet.find(id).stop(),
    kill: async (id) => fleet.find(id).kill(),
    pause: async (id) => fleet.find(id).pause(),
    resume: async (id) => fleet.find(id).resume(),
    restart: async (id) => fleet.find(id).start(),
    setTrap: async (id, trap) => fleet.find(id).setTrap(trap),
    disturb: (link, disturbance) => links?.disturb(link, disturbance) ?? Promise.reject(noLinks()),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** As clients reach them: over the links from the clients, where there are any. */
function gatewaysOf(fleet: Fleet<LocalReplica>, links: Links | undefined): { id: string; url: string }[] {
  return fleet.list().flatMap(({ id, role, url }) => {
    if (role !== "gateway" || url === undefined) return [];
    if (!links) return [{ id, url }];
    const address = links.addressOf({ from: "clients", to: id });
    return address === undefined ? [] : [{ id, url: `http://${address}` }];
  });
}

function noLinks(): UsageError {
  return new UsageError("The links of this world cannot be disturbed", "boot it with `links: true`");
}
