import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { EnvironmentError } from "../../core/mod.ts";
import { docker } from "../../worlds/compose/docker/command.ts";
import { findBinary } from "../../worlds/local/mod.ts";

/** A Docker Engine that belongs to this process, and goes with it. */
export interface PrivateEngine extends AsyncDisposable {
  /** The value of DOCKER_HOST. */
  readonly host: string;
}

const state = fileURLToPath(new URL("../../.seatrial/", import.meta.url));
const answersWithinMs = 60_000;

/** Why no private engine can be started on this machine; nothing when one can. */
function whyNoPrivateEngine(): string | undefined {
  if (process.platform !== "linux") return "a private Docker Engine needs Linux";
  if (process.getuid?.() !== 0) return "a private Docker Engine needs root";
  if (findBinary("dockerd") === undefined) return "dockerd is not installed (doctor --fix --for compose)";
  return undefined;
}

/**
 * Starts a Docker Engine with folders, a socket and networks of its own, which no other engine on this machine notices.
 *
 * @throws EnvironmentError `no_private_engine`, or `engine_died` with the end of its log.
 */
export async function startPrivateEngine(): Promise<PrivateEngine> {
  const obstacle = whyNoPrivateEngine();
  if (obstacle !== undefined)
    throw new EnvironmentError("no_private_engine", obstacle, "start an engine in your own way");
  mkdirSync(state, { recursive: true });
  const folder = mkdtempSync(join(state, "engine-"));
  // The path of a socket has hardly a hundred characters.
  const socket = join(tmpdir(), `seatrial-${folder.slice(-6)}.sock`);
  const keeper = spawn(process.execPath, [fileURLToPath(new URL("keeper.ts", import.meta.url)), folder, socket], {
    stdio: ["pipe", "ignore", "inherit"],
    detached: true,
  });
  const exited = once(keeper, "exit");
  const stop = async (): Promise<void> => {
    keeper.stdin.end();
    await exited;
  };
  const host = `unix://${socket}`;
  const log = join(folder, "dockerd.log");
  if (!(await answers(host, () => keeper.exitCode !== null))) {
    const lastLines = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").slice(-5).join("\n") : "";
    await stop();
    throw new EnvironmentError("engine_died", `dockerd did not start:\n${lastLines}`, "are cgroups mounted?");
  }
  return { host, [Symbol.asyncDispose]: stop };
}

async function answers(host: string, isGone: () => boolean): Promise<boolean> {
  const deadline = performance.now() + answersWithinMs;
  while (!isGone() && performance.now() < deadline) {
    try {
      await docker(["--host", host, "version"], { timeoutMs: 10_000 });
      return true;
    } catch {
      // Not yet; it is asked again within a bound.
      await delay(100);
    }
  }
  return false;
}
