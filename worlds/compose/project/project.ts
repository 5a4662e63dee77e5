import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { quietPort } from "../../local/links/quiet-port.ts";
import { command, docker, type Command } from "../docker/command.ts";
import { baseFiles, overlayServices, projectRoot } from "./compose-files.ts";
import { overrideOf, portVariables, serviceOfReplica } from "./override.ts";
import type { TrialProject, TrialReplica } from "./override.ts";

/** What a project needs besides its contents. */
export interface ProjectOptions extends Omit<TrialProject, "replicas"> {
  readonly compose: Command;
  /** Where the generated compose file is put. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** A replica that is to be created. */
export type Wanted = Omit<TrialReplica, "port">;

/** Variables of the machine and of its Docker client, and the images that its user has chosen. */
const inherited = /^(?:PATH|HOME|TMPDIR|DOCKER_.*|SSH_AUTH_SOCK|REDIS_IMAGE|NATS_IMAGE|TOXIPROXY_IMAGE)$/;
const upWithinMs = 300_000;

/** The compose project of one trial: the project's own files, with a generated one on top of them. */
export class ComposeProject {
  readonly #options: ProjectOptions;
  readonly #created: TrialReplica[] = [];
  #wanted: Wanted[] = [];
  #creating: Promise<void> | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: ProjectOptions) {
    this.#options = options;
  }

  /** Creates the network and the volumes, and starts the servers. */
  startServers(): Promise<void> {
    const { toxiproxy } = this.#options;
    return this.#up(["--detach", "redis", "nats", ...(toxiproxy ? ["toxiproxy"] : [])]);
  }

  /** Where its containers find this machine. Known once the servers are started. */
  hostAddress(): Promise<string> {
    const gateway = "{{(index .IPAM.Config 0).Gateway}}";
    return docker(["network", "inspect", "--format", gateway, `${this.#options.name}_default`]);
  }

  /**
   * Creates the container of a replica, without starting it. Those that are wanted at the same time are created at
   * once: compose takes a second to read its files.
   *
   * @returns the loopback port on which its HTTP server will be published.
   */
  async create(wanted: Wanted): Promise<number> {
    this.#wanted.push(wanted);
    this.#creating ??= this.#createSoon();
    await this.#creating;
    const created = this.#created.find(({ id }) => id === wanted.id);
    if (!created) throw new Error(`${wanted.id} was created, and is not there`);
    return created.port;
  }

  async #createSoon(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    await this.#turn;
    const wanted = this.#wanted;
    [this.#wanted, this.#creating] = [[], undefined];
    this.#turn = this.#createAll(wanted);
    await this.#turn;
  }

  async #createAll(wanted: readonly Wanted[]): Promise<void> {
    for (const each of wanted) this.#created.push({ ...each, port: await quietPort() });
    await this.#up(["--no-start", "--no-deps", ...wanted.map(serviceOfReplica)]);
  }

  async #up(args: readonly string[]): Promise<void> {
    const { compose, folder, signal, name } = this.#options;
    const file = join(folder, "compose.trial.yaml");
    const trial = { ...this.#options, replicas: this.#created };
    // JSON is YAML.
    writeFileSync(file, JSON.stringify(overrideOf(trial, overlayServices()), null, 2));
    const files = [...baseFiles, file].flatMap((path) => ["-f", path]);
    const project = ["--project-name", name, "--project-directory", projectRoot, ...files];
    const env = { ...machineVariables(), ...portVariables(trial) };
    await command([...compose, ...project, "up", "--no-build", "--no-recreate", ...args], {
      timeoutMs: upWithinMs,
      signal,
      env,
    });
  }
}

/** Nothing else: a setting of the plane in somebody's shell changes no trial. */
function machineVariables(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => inherited.test(name)));
}
