import { setTimeout as delay } from "node:timers/promises";

import { EnvironmentError, messageOf, UsageError } from "../../core/mod.ts";
import type { Observation, Replica, Role, SetTrap, Witness } from "../../core/mod.ts";
import { docker } from "./docker/command.ts";
import type { Exits } from "./docker/exits.ts";

/** What a replica in a container needs besides its name. */
export interface ContainerReplicaOptions {
  readonly container: string;
  readonly witness: Witness;
  readonly exits: Exits;
  /** Creates its container; the answer is the loopback port that its HTTP server will be published on. */
  readonly create: () => Promise<number>;
  /** Whether nothing may be started any more. */
  readonly isOver: () => boolean;
  /** SIGTERM may take this long; then comes SIGKILL. */
  readonly stopWithinMs: number;
}

type Phase = Extract<Observation, { kind: "replica" }>["phase"];

const readyWithinMs = 60_000;
const startAttempts = 5;
const exitWithinMs = 15_000;
const signals: Readonly<Record<number, string>> = { 137: "SIGKILL", 143: "SIGTERM" };

/** One replica over all of its lives: one container, which is started again and again. */
export class ContainerReplica implements Replica {
  readonly id: string;
  readonly role: Role;
  state: Replica["state"] = "exited";
  url: string | undefined;
  readonly #options: ContainerReplicaOptions;
  #exited = Promise.withResolvers<void>();

  constructor(id: string, role: Role, options: ContainerReplicaOptions) {
    this.id = id;
    this.role = role;
    this.#options = options;
    options.exits.on(options.container, (code) => this.#onExit(code));
  }

  /** Starts it, the first time with a container of its own, and waits until it says that it is healthy. */
  async start(): Promise<void> {
    if (this.state !== "exited") throw this.#cannot("start");
    const port = this.url === undefined ? await this.#options.create() : Number(new URL(this.url).port);
    const url = `http://127.0.0.1:${port}`;
    if (this.#options.isOver()) throw new Error(`${this.id} is started in a world that is closed`);
    this.#exited = Promise.withResolvers();
    this.state = "starting";
    this.#record("starting");
    await this.#startContainer();
    await this.#untilHealthy(url);
    this.url = url;
    this.state = "ready";
    this.#record("ready");
  }

  /** SIGTERM, and SIGKILL when it takes too long. A paused one is woken, so that it can hear of it. */
  async stop(): Promise<void> {
    this.#assertRuns("stop");
    this.#record("stopping");
    if (this.state === "paused") await this.resume();
    await this.#signal("SIGTERM");
    if (await this.#exitedWithin(this.#options.stopWithinMs)) return;
    await this.kill();
  }

  async kill(): Promise<void> {
    this.#assertRuns("kill");
    await this.#signal("SIGKILL");
    if (!(await this.#exitedWithin(exitWithinMs))) throw this.#cannot("kill");
  }

  /** Freezes every process in the container. */
  async pause(): Promise<void> {
    this.#assertRuns("pause", "ready");
    await docker(["pause", this.#options.container]);
    this.state = "paused";
    this.#record("paused");
  }

  async resume(): Promise<void> {
    this.#assertRuns("resume", "paused", "ready");
    if (this.state !== "paused") return;
    // The event comes before what the woken process does next.
    this.state = "ready";
    this.#record("resumed");
    await docker(["unpause", this.#options.container]);
  }

  /** @throws UsageError always: nobody inside the container hears of traps. */
  setTrap(): Promise<SetTrap> {
    return Promise.reject(
      new UsageError(`Cannot set a trap in ${this.id}: it runs in a container`, "use --world local for traps"),
    );
  }

  /** A port that somebody took meanwhile is asked for again. */
  async #startContainer(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await docker(["start", this.#options.container]);
        return;
      } catch (thrown) {
        if (attempt < startAttempts && /address already in use/.test(messageOf(thrown))) await delay(300);
        else {
          this.state = "exited";
          throw thrown;
        }
      }
    }
  }

  async #untilHealthy(url: string): Promise<void> {
    const deadline = performance.now() + readyWithinMs;
    while (this.state === "starting" && performance.now() < deadline) {
      if (await isHealthy(url)) return;
      await Promise.race([delay(50), this.#exited.promise]);
    }
    const end = this.state === "exited" ? "exited" : `was not ready within ${readyWithinMs / 1_000} s`;
    const log = await docker(["logs", "--tail", "12", this.#options.container]);
    throw new EnvironmentError("replica_died", `${this.id} ${end} during start:\n${log}`, "see its log");
  }

  /** One that has just exited by itself has no process to signal; its exit is heard of. */
  async #signal(name: string): Promise<void> {
    try {
      await docker(["kill", "--signal", name, this.#options.container]);
    } catch (thrown) {
      if (!(await this.#exitedWithin(1_000))) throw thrown;
    }
  }

  async #exitedWithin(limitMs: number): Promise<boolean> {
    const over = new AbortController();
    // It rejects when the exit comes first, and nobody listens any more.
    const tooLate = delay(limitMs, false, { signal: over.signal }).catch(() => false);
    const gone = await Promise.race([this.#exited.promise.then(() => true), tooLate]);
    over.abort();
    return gone;
  }

  #onExit(code: number): void {
    const signal = signals[code];
    this.#record("exited", signal === undefined ? { exitCode: code } : { signal });
    this.state = "exited";
    this.#exited.resolve();
  }

  #assertRuns(verb: string, ...states: Replica["state"][]): void {
    const fits = states.length === 0 ? this.state !== "exited" : states.includes(this.state);
    if (!fits) throw this.#cannot(verb);
  }

  #cannot(verb: string): EnvironmentError {
    return new EnvironmentError("replica_state", `Cannot ${verb} ${this.id}: it is ${this.state}`, "see its log");
  }

  #record(phase: Phase, facts: { exitCode?: number; signal?: string } = {}): void {
    this.#options.witness.record({ kind: "replica", replica: this.id, role: this.role, phase, ...facts });
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health`, {
      headers: { connection: "close" },
      signal: AbortSignal.timeout(1_000),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    // Nobody listens yet; it is asked again within a bound.
    return false;
  }
}
