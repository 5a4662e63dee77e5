import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { EnvironmentError } from "../../../core/mod.ts";
import { freePort } from "./free-port.ts";

/** A Redis or NATS server that the project started, on a loopback port of its own, with its own data folder. */
export interface Server extends AsyncDisposable {
  readonly name: "redis" | "nats";
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly folder: string;
  /** SIGKILL by pid, and wait for the exit. */
  kill(): Promise<void>;
}

/** How to start one kind of server. */
export interface ServerKind {
  readonly name: Server["name"];
  readonly binary: string;
  arguments(port: number, folder: string): string[];
  url(port: number): string;
}

const attempts = 5;
const readyWithinMs = 10_000;

/**
 * Starts a server and waits until it accepts connections.
 *
 * @throws EnvironmentError `server_missing` when the binary is not there, `server_died` with the end of its log
 *   when it exits during start.
 */
export async function startServer(kind: ServerKind, folder: string): Promise<Server> {
  mkdirSync(folder, { recursive: true });
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const child = await spawnServer(kind, port, folder);
    if (await becomesReady(child, port)) return serverOf(kind, child, port, folder);
    const log = readFileSync(logPath(kind, folder), "utf8").slice(-2_000);
    child.kill("SIGKILL");
    if (attempt === attempts || !/address already in use|bind:/i.test(log)) throw died(kind, log);
  }
}

function logPath(kind: ServerKind, folder: string): string {
  return join(folder, `${kind.name}.log`);
}

async function spawnServer(kind: ServerKind, port: number, folder: string): Promise<ChildProcess> {
  const log = openSync(logPath(kind, folder), "a");
  const child = spawn(kind.binary, kind.arguments(port, folder), { stdio: ["ignore", log, log] });
  closeSync(log);
  try {
    await once(child, "spawn");
  } catch (thrown) {
    throw new EnvironmentError(
      "server_missing",
      `Cannot start ${kind.binary}`,
      "run `npm run seatrial -- doctor --fix` to obtain it",
      thrown,
    );
  }
  return child;
}

async function becomesReady(child: ChildProcess, port: number): Promise<boolean> {
  const deadline = performance.now() + readyWithinMs;
  while (child.exitCode === null && child.signalCode === null && performance.now() < deadline) {
    if (await accepts(port)) return child.exitCode === null;
    await delay(10);
  }
  return false;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

function serverOf(kind: ServerKind, child: ChildProcess, port: number, folder: string): Server {
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  };
  return { name: kind.name, url: kind.url(port), port, pid: child.pid!, folder, kill, [Symbol.asyncDispose]: kill };
}

function died(kind: ServerKind, log: string): EnvironmentError {
  const lastLines = log.trim().split("\n").slice(-5).join("\n");
  return new EnvironmentError(
    "server_died",
    `${kind.binary} did not start:\n${lastLines}`,
    "see the log above; `npm run seatrial -- doctor` tells what is installed",
  );
}
