import { release } from "node:os";

import { EnvironmentError, messageOf } from "../../../core/mod.ts";
import { command, docker, type Command } from "./command.ts";

/** A Docker Engine that answers, and the program that reads compose files. */
export interface Engine {
  readonly version: string;
  /** `docker compose`, or `docker-compose`. */
  readonly compose: Command;
}

/**
 * The Docker Engine that `docker` talks to. It must share this machine's kernel: witnesses in containers read the same
 * monotonic clock as the harness, and write their files into its folders.
 *
 * @throws EnvironmentError `engine_missing`, `engine_elsewhere` or `compose_missing`.
 */
export async function findEngine(): Promise<Engine> {
  const [version = "", kernel] = (await askEngine()).split(" ");
  if (kernel !== release()) {
    throw new EnvironmentError(
      "engine_elsewhere",
      `The Docker Engine runs on another kernel (${kernel}) than this one (${release()})`,
      "a world of containers needs an engine on this very machine, on Linux; use --world local here",
    );
  }
  return { version, compose: await findCompose() };
}

async function askEngine(): Promise<string> {
  try {
    return await docker(["version", "--format", "{{.Server.Version}} {{.Server.KernelVersion}}"], {
      timeoutMs: 20_000,
    });
  } catch (thrown) {
    throw new EnvironmentError(
      "engine_missing",
      `No Docker Engine answers: ${messageOf(thrown)}`,
      "start one, set DOCKER_HOST, or put `node deploy/with-private-engine.ts` before the command",
      thrown,
    );
  }
}

async function findCompose(): Promise<Engine["compose"]> {
  const candidates = [["docker", "compose"], ["docker-compose"]] as const;
  for (const candidate of candidates) {
    if (await runs(candidate)) return candidate;
  }
  throw new EnvironmentError(
    "compose_missing",
    "Neither `docker compose` nor `docker-compose` is installed",
    "run `npm run seatrial -- doctor --fix --for compose` to obtain it",
  );
}

async function runs(program: Command): Promise<boolean> {
  try {
    await command([...program, "version"], { timeoutMs: 20_000 });
    return true;
  } catch {
    // Not installed, or of no use: either way the next candidate is asked.
    return false;
  }
}
