import { fork, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

import { EnvironmentError, UsageError, type Role, type Trap } from "../../../core/mod.ts";
import { untilStopped } from "../process-identity.ts";
import type { ReplicaReport, ReplicaRequest } from "../replica-messages.ts";
import { BoundedLog } from "./bounded-log.ts";

/** How to start a replica's process, and whom to tell. */
export interface LifeOptions {
  readonly id: string;
  readonly role: Role;
  /** The module that the process runs. */
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logPath: string;
  readonly readyWithinMs: number;
  readonly onSpawn: (pid: number) => void;
  /** A trap sprang; one that springs again and again is told each time, but for a `delay`. */
  readonly onSprung: (action: Trap["action"]) => void;
}

/** How a process ended: by itself with a code, or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

type Request = ReplicaRequest extends infer Each
  ? Each extends ReplicaRequest
    ? Omit<Each, "request">
    : never
  : never;

const answerWithinMs = 5_000;

/** One life of a replica's process, from the fork to the exit. */
export class ReplicaLife {
  readonly pid: number;
  /** Its URL. Rejects when the process exits first, or takes too long (and is killed). */
  readonly ready: Promise<string>;
  readonly exited: Promise<Exit>;
  readonly #options: LifeOptions;
  readonly #child: ChildProcess;
  readonly #answers = new Map<number, (refusal: string | undefined) => void>();
  readonly #traps = new Map<number, { readonly action: Trap["action"]; readonly spring: () => void }>();
  readonly #announced = new Set<number>();
  readonly #url = Promise.withResolvers<string>();
  #lastNumber = 0;
  #killed = false;

  /** @throws EnvironmentError `process_not_started` when the system has no room for another process. */
  constructor(options: LifeOptions) {
    this.#options = options;
    this.#child = forkReplica(options);
    this.pid = pidOf(this.#child);
    options.onSpawn(this.pid);
    this.#child.on("message", (report: ReplicaReport) => this.#hear(report));
    this.exited = this.#awaitExit();
    this.ready = this.#awaitReady();
  }

  signal(name: "SIGTERM" | "SIGSTOP" | "SIGCONT"): void {
    this.#child.kill(name);
  }

  kill(): void {
    this.#killed = true;
    this.#child.kill("SIGKILL");
  }

  /** Whether the process is gone within this long. */
  async exitedWithin(limitMs: number): Promise<boolean> {
    const over = new AbortController();
    const tooLate = delay(limitMs, false, { signal: over.signal }).catch(() => false);
    const gone = await Promise.race([this.exited.then(() => true), tooLate]);
    over.abort();
    return gone;
  }

  /**
   * Sets a trap inside the process. The promise resolves when it springs for the first time; for one that kills or
   * pauses, when the process has exited or is stopped.
   *
   * @throws UsageError when the replica says that the trap makes no sense.
   */
  async setTrap(trap: Trap): Promise<{ readonly id: number; readonly sprung: Promise<void> }> {
    const id = ++this.#lastNumber;
    const sprung = Promise.withResolvers<void>();
    this.#traps.set(id, { action: trap.action, spring: sprung.resolve });
    await this.#ask({ kind: "set-trap", id, trap });
    return { id, sprung: sprung.promise };
  }

  /** Takes a trap away; at once when `wait` is false, since a paused process cannot answer. */
  async removeTrap(id: number, { wait }: { readonly wait: boolean }): Promise<void> {
    const answered = this.#ask({ kind: "remove-trap", id });
    // An exited process has no traps, and a paused one takes it away when it wakes.
    await (wait ? answered.catch(() => undefined) : void answered.catch(() => undefined));
  }

  async #ask(request: Request): Promise<void> {
    const number = ++this.#lastNumber;
    const answer = Promise.withResolvers<string | undefined>();
    this.#answers.set(number, answer.resolve);
    const { id } = this.#options;
    const timer = setTimeout(() => answer.reject(silent(id)), answerWithinMs);
    void this.exited.then(() => answer.reject(silent(id)));
    try {
      if (this.#child.connected) this.#child.send({ ...request, request: number });
      const refusal = await answer.promise;
      if (refusal !== undefined) throw new UsageError(`Cannot set the trap in ${id}: ${refusal}`);
    } finally {
      clearTimeout(timer);
      this.#answers.delete(number);
    }
  }

  #hear(report: ReplicaReport): void {
    if (report.kind === "ready") {
      if (!this.#isGone()) this.#url.resolve(report.url);
    } else if (report.kind === "answer") this.#answers.get(report.request)?.(report.refusal);
    else void this.#hearSprung(report.id, report.action);
  }

  async #hearSprung(id: number, action: Trap["action"]): Promise<void> {
    this.#announced.add(id);
    if (action === "pause") await untilStopped(this.pid);
    this.#options.onSprung(action);
    if (action !== "kill" || this.#isGone()) this.#traps.get(id)?.spring();
  }

  #awaitExit(): Promise<Exit> {
    return new Promise((resolve) => {
      this.#child.once("exit", (code, signal) => {
        resolve({ code, signal });
        this.#springKillTraps(signal === "SIGKILL" && !this.#killed);
      });
    });
  }

  /** A trap that kills has sprung when the process is gone; also if that is all it had time to say. */
  #springKillTraps(killedByItself: boolean): void {
    for (const [id, { action, spring }] of this.#traps) {
      if (action === "kill" && (killedByItself || this.#announced.has(id))) spring();
    }
  }

  async #awaitReady(): Promise<string> {
    const { id, readyWithinMs, logPath } = this.#options;
    // Not the exit: only when its streams are closed is the whole log there.
    const closed = new Promise<undefined>((resolve) => this.#child.once("close", () => resolve(undefined)));
    let end = "exited";
    const tooLate = setTimeout(() => {
      end = `was not ready within ${readyWithinMs} ms`;
      this.kill();
    }, readyWithinMs);
    const url = await Promise.race([this.#url.promise, closed]);
    clearTimeout(tooLate);
    if (url === undefined) throw notReady(id, end, logPath);
    return url;
  }

  #isGone(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }
}

function forkReplica({ role, entry, env, logPath }: LifeOptions): ChildProcess {
  const log = new BoundedLog(logPath);
  const child = fork(entry, [role], {
    execPath: process.execPath,
    execArgv: [],
    env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // Out of reach of the terminal's Ctrl-C: the harness takes its replicas down in order.
    detached: true,
  });
  // What cannot be delivered to a dying process need not be: its exit is an event of its own.
  child.on("error", () => undefined);
  if (child.stdout) log.take(child.stdout);
  if (child.stderr) log.take(child.stderr);
  child.once("close", () => log.close());
  return child;
}

function pidOf(child: ChildProcess): number {
  if (child.pid !== undefined) return child.pid;
  throw new EnvironmentError(
    "process_not_started",
    "Cannot start another process",
    "free some memory, or raise the limit of processes",
  );
}

function silent(id: string): EnvironmentError {
  return new EnvironmentError("replica_silent", `${id} does not answer`, "it is gone, paused or too busy");
}

function notReady(id: string, end: string, logPath: string): EnvironmentError {
  const lastLines = readFileSync(logPath, "utf8").trim().split("\n").slice(-12).join("\n");
  return new EnvironmentError("replica_died", `${id} ${end} during start:\n${lastLines}`, `see ${logPath}`);
}
