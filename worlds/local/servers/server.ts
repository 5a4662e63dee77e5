import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { EnvironmentError } from "../../../core/mod.ts";
import { findBinary } from "./find-binary.ts";
import { freePort } from "./free-port.ts";
import { versionOf } from "./version.ts";

/** A Redis, NATS or Toxiproxy that the project started, on a loopback port of its own, with its own data folder. */
export interface Server extends AsyncDisposable {
  readonly name: "redis" | "nats" | "toxiproxy";
  /** Path of the program, or what a stand-in is called. */
  readonly binary: string;
  /** Of what it speaks for: `7.0.15`; `7.0.15 (embedded)` for a stand-in. */
  version(): Promise<string>;
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly folder: string;
  /** Whether the process is still there. */
  alive(): boolean;
  /** SIGKILL by pid, and wait for the exit. */
  kill(): Promise<void>;
}

/** How to start one kind of server. */
export interface ServerKind {
  readonly name: Server["name"];
  readonly binary: string;
  /** For a server that comes with the project. It ends when its standard input does, so that none is left behind. */
  readonly embedded?: { readonly program: string; readonly version: string };
  arguments(port: number, folder: string): string[];
  url(port: number): string;
  /** What it writes to its log once it listens. */
  readonly saysReady: RegExp;
  /** Environment variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** How its absence is told. @defaultValue `server_missing` */
  readonly missing?: { readonly code: string; readonly hint: string };
}

/** What a server may be told besides its folder. */
export interface ServerOptions {
  /** @defaultValue `<name>.log` in the data folder */
  readonly logPath?: string;
  /** In a session of its own, out of reach of a terminal's Ctrl-C. @defaultValue false */
  readonly detached?: boolean;
  /** Called with the pid as soon as there is one. */
  readonly onSpawn?: (pid: number) => void;
}

const attempts = 5;
const readyWithinMs = 10_000;
/** Node loads a module at a time, which takes long on a busy machine. */
const embeddedReadyWithinMs = 30_000;

/**
 * Starts a server and waits until it says that it is ready.
 *
 * @throws EnvironmentError `server_missing` when the program is not there, `server_died` with the end of its log
 *   when it exits during start or is not ready within 10 s, 30 s for an embedded one.
 */
export async function startServer(kind: ServerKind, folder: string, options: ServerOptions = {}): Promise<Server> {
  const binary = kind.embedded?.program ?? findBinary(kind.binary);
  if (binary === undefined) throw missing(kind);
  mkdirSync(folder, { recursive: true });
  const logPath = options.logPath ?? join(folder, `${kind.name}.log`);
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const child = await spawnServer(kind, binary, { args: kind.arguments(port, folder), folder, logPath }, options);
    if (await saysReady(kind, child, logPath)) return serverOf(kind, binary, child, port, folder);
    await killAndWait(child);
    const log = readFileSync(logPath, "utf8").slice(-2_000);
    if (attempt === attempts || !/address already in use|bind:/i.test(log)) throw died(kind, log);
  }
}

async function spawnServer(
  kind: ServerKind,
  binary: string,
  { args, folder, logPath }: { readonly args: string[]; readonly folder: string; readonly logPath: string },
  { detached = false, onSpawn }: ServerOptions,
): Promise<ChildProcess> {
  const log = openSync(logPath, "w");
  try {
    const env = { ...process.env, ...kind.env };
    const input = kind.embedded === undefined ? "ignore" : "pipe";
    const child = spawn(binary, args, { stdio: [input, log, log], detached, env, cwd: folder });
    if (child.pid !== undefined) onSpawn?.(child.pid);
    await once(child, "spawn");
    return child;
  } catch (thrown) {
    throw missing(kind, thrown);
  } finally {
    closeSync(log);
  }
}

/** Only its own log can tell: on a port that was lost to somebody else, a stranger may answer. */
async function saysReady(kind: ServerKind, child: ChildProcess, logPath: string): Promise<boolean> {
  const deadline = performance.now() + (kind.embedded === undefined ? readyWithinMs : embeddedReadyWithinMs);
  while (isAlive(child) && performance.now() < deadline) {
    if (kind.saysReady.test(readFileSync(logPath, "utf8"))) return isAlive(child);
    await delay(5);
  }
  return false;
}

function serverOf(kind: ServerKind, binary: string, child: ChildProcess, port: number, folder: string): Server {
  const kill = (): Promise<void> => killAndWait(child);
  return {
    name: kind.name,
    binary: kind.embedded === undefined ? binary : kind.binary,
    version: async () => kind.embedded?.version ?? (await versionOf(binary)) ?? "unknown",
    url: kind.url(port),
    port,
    pid: child.pid!,
    folder,
    alive: () => isAlive(child),
    kill,
    [Symbol.asyncDispose]: kill,
  };
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function killAndWait(child: ChildProcess): Promise<void> {
  if (!isAlive(child)) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

const usually = {
  code: "server_missing",
  hint: "run `npm run seatrial -- doctor --fix` to obtain it, or do without: --servers embedded, or --world sim",
};

function missing(kind: ServerKind, cause?: unknown): EnvironmentError {
  const { code, hint } = kind.missing ?? usually;
  return new EnvironmentError(code, `Cannot start ${kind.binary}: it is not installed`, hint, cause);
}

function died(kind: ServerKind, log: string): EnvironmentError {
  const lastLines = log.trim().split("\n").slice(-5).join("\n");
  return new EnvironmentError(
    "server_died",
    `${kind.binary} did not start:\n${lastLines}`,
    "see the log above; `npm run seatrial -- doctor` tells what is installed",
  );
}
