import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { messageOf } from "../../core/mod.ts";
import { command, docker, linesIn } from "../../worlds/compose/docker/command.ts";
import { makeControlGroup, removeControlGroup } from "./control-group.ts";

const stopWithinMs = 20_000;

/**
 * Keeps a Docker Engine of its own in a folder, for as long as the pipe from its starter lasts, and leaves nothing of
 * it: no container, no bridge, no process, no control group, no mount and no file.
 *
 * It makes no default bridge and no rule of a firewall. Ports of containers are published by its proxy, and whoever is
 * in a container reaches its own network and this machine, and nothing beyond.
 */
async function keep(folder: string, socket: string): Promise<void> {
  // Whoever signals a whole process group means the starter, and the pipe will tell of its end.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
  const group = `/seatrial-${folder.slice(-6)}`;
  await attempt(() => makeControlGroup(group));
  const dockerd = startDockerd(folder, socket, group);
  const exited = once(dockerd, "exit");
  process.stdin.resume();
  await Promise.race([once(process.stdin, "close"), exited]);
  process.env["DOCKER_HOST"] = `unix://${socket}`;
  if (isAlive(dockerd)) await attempt(removeEverything);
  await attempt(() => stop(dockerd, exited));
  await attempt(() => killContainerd(folder));
  await attempt(() => unmountBelow(folder));
  await attempt(() => removeControlGroup(group));
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  rmSync(socket, { force: true });
}

function startDockerd(folder: string, socket: string, group: string): ChildProcess {
  const places = ["--data-root", join(folder, "data"), "--exec-root", join(folder, "exec")];
  const network = ["--bridge=none", "--iptables=false", "--ip6tables=false", "--ip-forward=false"];
  const limits = ["--default-ulimit", "nofile=4096:4096", "--default-ulimit", "nproc=4096:4096"];
  const log = openSync(join(folder, "dockerd.log"), "a");
  const identity = ["--host", `unix://${socket}`, "--pidfile", join(folder, "dockerd.pid"), "--cgroup-parent", group];
  return spawn("dockerd", ["--storage-driver=overlay2", ...identity, ...places, ...network, ...limits], {
    stdio: ["ignore", log, log],
    detached: true,
  });
}

/** Bridges of networks would outlive the engine. */
async function removeEverything(): Promise<void> {
  const containers = linesIn(await docker(["ps", "--all", "--quiet"]));
  if (containers.length > 0) await docker(["rm", "--force", "--volumes", ...containers]);
  await docker(["network", "prune", "--force"]);
}

async function stop(dockerd: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (!isAlive(dockerd)) return;
  dockerd.kill("SIGTERM");
  await Promise.race([exited, delay(stopWithinMs)]);
  if (isAlive(dockerd)) dockerd.kill("SIGKILL");
  await exited;
}

/** It goes with its engine, but for one that was killed. */
async function killContainerd(folder: string): Promise<void> {
  const pidFile = join(folder, "exec", "containerd", "containerd.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8"));
  if (existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(folder)) process.kill(pid);
  for (let tries = 0; tries < 100 && existsSync(`/proc/${pid}`); tries++) await delay(50);
}

/** What a killed engine left mounted cannot be removed. */
async function unmountBelow(folder: string): Promise<void> {
  const mounts = linesIn(readFileSync("/proc/mounts", "utf8")).map((line) => line.split(" ")[1] ?? "");
  for (const mount of mounts.filter((path) => path.startsWith(`${folder}/`)).toReversed()) {
    await command(["umount", "--lazy", mount]);
  }
}

/** What cannot be undone must not keep the rest from being undone. */
async function attempt(step: () => Promise<void> | void): Promise<void> {
  try {
    await step();
  } catch (thrown) {
    process.stderr.write(`${messageOf(thrown)}\n`);
  }
}

function isAlive(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

const [folder, socket] = process.argv.slice(2);
if (folder === undefined || socket === undefined) throw new Error("the keeper needs a folder and a socket");
await keep(folder, socket);
