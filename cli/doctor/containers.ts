import type { Machine } from "./machine.ts";
import type { Program, Tool } from "./program.ts";
import { apt } from "./ways/apt.ts";
import { homebrew } from "./ways/homebrew.ts";

const askTimeoutMs = 20_000;

/** What a world of containers is made with. */
export const containerPrograms: readonly Program[] = [
  {
    name: "docker",
    for: "compose",
    required: false,
    neededBy: "--world compose",
    ways: [apt("docker.io")],
    examine: examineEngine,
  },
  {
    name: "docker-compose",
    for: "compose",
    required: false,
    neededBy: "--world compose",
    ways: [apt("docker-compose"), homebrew("docker-compose")],
    examine: examineCompose,
  },
  {
    name: "debootstrap",
    for: "compose",
    required: false,
    neededBy: "--world compose where no registry can be reached",
    ways: [apt("debootstrap")],
  },
];

/** An engine that answers; else one that root can start for a single command, with deploy/with-private-engine.ts. */
async function examineEngine(machine: Machine): Promise<Tool> {
  const path = machine.find("docker");
  if (path === undefined) return {};
  const { ok, output } = await machine.run([path, "version", "--format", "{{.Server.Version}}"], {
    timeoutMs: askTimeoutMs,
  });
  const [version] = output.split("\n");
  if (ok && version !== undefined) return { path, version };
  const dockerd = machine.isRoot ? machine.find("dockerd") : undefined;
  const own = dockerd === undefined ? undefined : await machine.versionOf(dockerd);
  return dockerd === undefined || own === undefined
    ? { path, trouble: "no engine answers" }
    : { path: dockerd, version: own };
}

/** The plugin of `docker`, or the program of its own. */
async function examineCompose(machine: Machine): Promise<Tool> {
  const docker = machine.find("docker");
  if (docker !== undefined) {
    const { ok, output } = await machine.run([docker, "compose", "version", "--short"], { timeoutMs: askTimeoutMs });
    if (ok && /^v?\d/.test(output)) return { path: docker, version: output };
  }
  const path = machine.find("docker-compose");
  const version = path === undefined ? undefined : await machine.versionOf(path);
  return { ...(path === undefined ? {} : { path }), ...(version === undefined ? {} : { version }) };
}
