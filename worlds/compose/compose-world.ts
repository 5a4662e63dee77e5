import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";

import { EnvironmentError, openHistoryWriter, UsageError } from "../../core/mod.ts";
import type { HistoryWriter, TrialWorld } from "../../core/mod.ts";
import { readConfig } from "../../reference/config/config.ts";
import { assembled } from "../local/assembly.ts";
import { openEffectSink, type EffectSink } from "../local/effects/effect-sink.ts";
import type { Fleet } from "../fleet/fleet.ts";
import { quietPort } from "../local/links/quiet-port.ts";
import type { LocalWorldOptions } from "../local/options.ts";
import { makeRunFolder, type RunFolder } from "../local/run-folder.ts";
import { openStreamTap } from "../local/stream-tap.ts";
import type { Teardown } from "../local/teardown.ts";
import type { ContainerReplica } from "./container-replica.ts";
import { ContainerLinks, toxiproxyPorts } from "./container-links.ts";
import { findEngine, type Engine } from "./docker/engine.ts";
import { watchExits, type Exits } from "./docker/exits.ts";
import { insideFolders, makeFleet } from "./make-fleet.ts";
import { harnessLabel, projectLabel, removeStaleProjects, removeUntilQuiet, thisHarness } from "./project/leftovers.ts";
import { containerOf, type TrialProject } from "./project/override.ts";
import { ComposeProject } from "./project/project.ts";
import { saveLogs } from "./save-logs.ts";
import { natsVersion, redisVersion } from "./servers.ts";
import { startProjectReaper } from "./start-reaper.ts";
import { buildTrialImage } from "./trial-image.ts";

const catchUpWithinMs = 10_000;

/**
 * Boots a plane in containers: the project's compose files, with what the trial needs on top, as a project of its own
 * on free loopback ports. Whatever becomes of this process, its containers, networks and volumes do not outlive it.
 *
 * Faults of processes are real ones (`docker kill`, `docker pause`), and links go through a Toxiproxy in a container;
 * traps need a local world.
 *
 * @throws EnvironmentError `engine_missing`, `engine_elsewhere`, `compose_missing` or `docker_missing` where there is
 *   nothing to run containers with; `docker_failed`, `server_died` or `replica_died` when something does not start.
 * @throws UsageError when the options name what does not exist, or what only a local world has.
 */
export function bootComposeWorld(options: LocalWorldOptions): Promise<TrialWorld> {
  return assembled(options, assemble);
}

/** Each part in its turn; the teardown takes them down in reverse. */
async function assemble(options: LocalWorldOptions, teardown: Teardown, haste: AbortSignal): Promise<TrialWorld> {
  const engine = await findEngine();
  const stale = await removeStaleProjects();
  if (stale.length > 0) options.progress?.(`removed what was left of ${stale.join(", ")}`);
  const folder = makeRunFolder(options.folder, options.witnessed);
  const name = `seatrial-${process.pid}-${randomBytes(4).toString("hex")}`;
  const reaper = await startProjectReaper(name, folder.data);
  teardown.add(() => reaper.done());
  teardown.add(() => folder.removeData());
  const base = await startBase(options, { engine, folder, name, haste }, teardown);
  const sink = await watchEffects(options, folder, base, teardown, haste);
  const fleet = makeFleet(options, { ...base, name, sinkAddress: sink.address, config: readConfig(options.variables) });
  teardown.add(() => fleet.close(haste));
  haste.throwIfAborted();
  await fleet.start(options.cluster);
  options.progress?.(`${fleet.list().length} replicas are ready`);
  return worldOf(fleet, folder, base, () => teardown.run());
}

/** What is there before anything is run. */
interface Site {
  readonly engine: Engine;
  readonly folder: RunFolder;
  readonly name: string;
  readonly haste: AbortSignal;
}

/** What replicas are put on top of. */
interface Base {
  readonly project: ComposeProject;
  readonly exits: Exits;
  readonly redisUrl: string;
  readonly natsUrl: string;
  readonly versions: TrialWorld["versions"];
  readonly links: ContainerLinks | undefined;
  /** Servers whose containers have exited, though nobody asked them to. */
  readonly died: readonly string[];
}

async function startBase({ progress, ...options }: LocalWorldOptions, site: Site, teardown: Teardown): Promise<Base> {
  const { engine, folder, name, haste } = site;
  progress?.("building the image of the plane");
  const image = await buildTrialImage(haste);
  const [redisPort, natsPort] = [await quietPort(), await quietPort()];
  const toxiproxy = options.links === true ? await toxiproxyPorts(options.cluster.gateways) : undefined;
  const project = makeProject(options, site, { image, redisPort, natsPort, toxiproxy });
  teardown.add(() => removeUntilQuiet(name, haste.aborted ? 3 : 1));
  teardown.add(() => saveLogs(name, folder));
  const exits = watchExits(`${projectLabel}=${name}`);
  teardown.add(() => exits.close());
  const died: string[] = [];
  for (const server of ["redis", "nats", "toxiproxy"]) exits.on(containerOf(name, server), () => died.push(server));
  await project.startServers();
  const versions = { redis: await redisVersion(redisPort, haste), nats: await natsVersion(natsPort, haste) };
  progress?.(`Redis ${versions.redis} and NATS ${versions.nats} are up, by Docker Engine ${engine.version}`);
  const links = toxiproxy ? new ContainerLinks(toxiproxy) : undefined;
  await links?.open(haste);
  const [redisUrl, natsUrl] = [`redis://127.0.0.1:${redisPort}`, `nats://127.0.0.1:${natsPort}`];
  return { project, exits, redisUrl, natsUrl, versions, links, died };
}

function makeProject(
  { witnessed = true }: LocalWorldOptions,
  { engine, folder, name, haste }: Site,
  given: Pick<TrialProject, "image" | "redisPort" | "natsPort" | "toxiproxy">,
): ComposeProject {
  const compileCache = resolve(".seatrial", "compile-cache", "containers");
  mkdirSync(compileCache, { recursive: true });
  const witnesses = witnessed ? { [insideFolders.witnesses]: dirname(folder.witnessFileOf("any")) } : {};
  return new ComposeProject({
    ...given,
    name,
    labels: { [harnessLabel]: thisHarness() },
    // Files that the containers write belong to whoever runs the trial.
    user: `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`,
    folders: { ...witnesses, [insideFolders.compileCache]: compileCache },
    compose: engine.compose,
    folder: folder.data,
    signal: haste,
  });
}

/** Opens the sink where containers find it, and the tap. At the end both have seen everything, or the run is void. */
async function watchEffects(
  options: LocalWorldOptions,
  folder: RunFolder,
  { project, natsUrl, died }: Base,
  teardown: Teardown,
  haste: AbortSignal,
): Promise<EffectSink> {
  const sink = await openEffectSink(openWitness("sink", options, folder, teardown), await project.hostAddress());
  teardown.add(sink.close);
  const tap = await openStreamTap(natsUrl, options.clock, openWitness("tap", options, folder, teardown));
  teardown.add(() => tap.close());
  teardown.add(async () => {
    if (haste.aborted) return;
    const [server] = died;
    if (server !== undefined) throw diedMeanwhile(server);
    await tap.catchUp(catchUpWithinMs);
  });
  return sink;
}

function openWitness(who: string, { clock }: LocalWorldOptions, folder: RunFolder, teardown: Teardown): HistoryWriter {
  const witness = openHistoryWriter(folder.witnessFileOf(who), who, clock);
  teardown.add(() => witness.close());
  return witness;
}

function worldOf(
  fleet: Fleet<ContainerReplica>,
  folder: RunFolder,
  { natsUrl, versions, links }: Base,
  close: () => Promise<void>,
): TrialWorld {
  return {
    kind: "compose",
    natsUrl,
    versions,
    replicas: () => fleet.list(),
    gateways: () =>
      fleet
        .list()
        .filter(({ role }) => role === "gateway")
        .map(({ id, url }) => ({ id, url: links?.urlOf(id) ?? url }))
        .filter((gateway): gateway is { id: string; url: string } => gateway.url !== undefined),
    witnessFiles: () => folder.witnessFiles(),
    pick: (selector) => fleet.pick(selector),
    join: (role) => fleet.join(role),
    stop: async (id) => fleet.find(id).stop(),
    kill: async (id) => fleet.find(id).kill(),
    pause: async (id) => fleet.find(id).pause(),
    resume: async (id) => fleet.find(id).resume(),
    restart: async (id) => fleet.find(id).start(),
    setTrap: async (id) => fleet.find(id).setTrap(),
    disturb: (link, disturbance) => links?.disturb(link, disturbance) ?? Promise.reject(noLinks()),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function noLinks(): UsageError {
  return new UsageError("The links of this world cannot be disturbed", "boot it with `links: true`");
}

function diedMeanwhile(server: string): EnvironmentError {
  return new EnvironmentError(
    "server_died",
    `The container of ${server} exited in the middle of the run, so the run proves nothing`,
    `see logs/${server}.log; is there enough memory and disk space?`,
  );
}
