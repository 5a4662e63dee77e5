import { setTimeout as delay } from "node:timers/promises";

import { EnvironmentError, type Observation, type Replica, type Role } from "../../../core/mod.ts";
import type { SetTrap, Trap, Witness } from "../../../core/mod.ts";
import { untilStopped } from "../process-identity.ts";
import type { Exit, LifeOptions, ReplicaLife } from "./replica-life.ts";

/** What a replica needs besides its name. */
export interface LocalReplicaOptions {
  readonly witness: Witness;
  /** Starts its process, to listen on this port (0: any). */
  readonly launch: (port: number, onSprung: LifeOptions["onSprung"]) => ReplicaLife;
  /** SIGTERM may take this long; then comes SIGKILL. */
  readonly stopWithinMs: number;
  /** Sees to it that a paused process is woken should nobody else do it. Returns how to end that. */
  readonly leasePause: (pid: number) => () => void;
}

type Phase = Extract<Observation, { kind: "replica" }>["phase"];

const exitWithinMs = 10_000;
const startAttempts = 5;

/** One replica over all of its lives: the same id and, from the first one on, the same address. */
export class LocalReplica implements Replica {
  readonly id: string;
  readonly role: Role;
  state: Replica["state"] = "exited";
  url: string | undefined;
  readonly #options: LocalReplicaOptions;
  #life: ReplicaLife | undefined;
  #endPauseLease: (() => void) | undefined;

  constructor(id: string, role: Role, options: LocalReplicaOptions) {
    this.id = id;
    this.role = role;
    this.#options = options;
  }

  /** Starts it and waits until it is ready. A port that somebody took meanwhile is asked for again. */
  async start(): Promise<void> {
    if (this.state !== "exited") throw this.#cannot("start");
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#startOnce();
      } catch (thrown) {
        if (attempt === startAttempts || !isPortTaken(thrown)) throw thrown;
        await delay(300);
      }
    }
  }

  async stop(): Promise<void> {
    const life = this.#running("stop");
    this.#record("stopping");
    life.signal("SIGTERM");
    if (this.state === "paused") this.#wake(life);
    if (await life.exitedWithin(this.#options.stopWithinMs)) return;
    await this.kill();
  }

  async kill(): Promise<void> {
    const life = this.#running("kill");
    life.kill();
    if (!(await life.exitedWithin(exitWithinMs))) throw this.#cannot("kill");
  }

  /** The lease begins before the signal, so that nothing ever sleeps without one. */
  async pause(): Promise<void> {
    const life = this.#running("pause", "ready");
    this.#leasePause();
    life.signal("SIGSTOP");
    await untilStopped(life.pid);
    this.#paused();
  }

  resume(): void {
    const life = this.#running("resume", "paused", "ready");
    if (this.state === "paused") this.#wake(life);
  }

  async setTrap(trap: Trap): Promise<SetTrap> {
    const life = this.#running("set a trap in", "ready");
    const { id, sprung } = await life.setTrap(trap);
    return { sprung, remove: () => life.removeTrap(id, { wait: this.state === "ready" }) };
  }

  async #startOnce(): Promise<void> {
    const port = this.url === undefined ? 0 : Number(new URL(this.url).port);
    const life = this.#options.launch(port, (action) => this.#onSprung(action));
    this.#life = life;
    this.state = "starting";
    this.#record("starting");
    void life.exited.then((exit) => this.#onExit(exit));
    this.url = await life.ready;
    this.state = "ready";
    this.#record("ready");
  }

  #onSprung(action: Trap["action"]): void {
    if (action === "pause") this.#paused();
    if (action === "stop") this.#record("stopping");
  }

  #onExit({ code, signal }: Exit): void {
    this.#record("exited", {
      ...(code === null ? {} : { exitCode: code }),
      ...(signal === null ? {} : { signal }),
    });
    this.state = "exited";
    this.#releasePause();
    this.#life = undefined;
  }

  #paused(): void {
    if (this.state !== "ready") return;
    this.state = "paused";
    // One that paused itself, in a trap, has no lease yet.
    this.#leasePause();
    this.#record("paused");
  }

  #leasePause(): void {
    if (this.#life) this.#endPauseLease ??= this.#options.leasePause(this.#life.pid);
  }

  #releasePause(): void {
    this.#endPauseLease?.();
    this.#endPauseLease = undefined;
  }

  #wake(life: ReplicaLife): void {
    this.#releasePause();
    // The events come before what the woken process does next.
    this.state = "ready";
    this.#record("resumed");
    life.signal("SIGCONT");
  }

  #running(verb: string, ...states: Replica["state"][]): ReplicaLife {
    if (!this.#life || (states.length > 0 && !states.includes(this.state))) throw this.#cannot(verb);
    return this.#life;
  }

  #cannot(verb: string): EnvironmentError {
    return new EnvironmentError("replica_state", `Cannot ${verb} ${this.id}: it is ${this.state}`, "see its log");
  }

  #record(phase: Phase, facts: { exitCode?: number; signal?: string } = {}): void {
    const pid = this.#life?.pid;
    this.#options.witness.record({
      kind: "replica",
      replica: this.id,
      role: this.role,
      phase,
      ...(pid === undefined ? {} : { pid }),
      ...facts,
    });
  }
}

function isPortTaken(thrown: unknown): boolean {
  return thrown instanceof EnvironmentError && /EADDRINUSE|port_in_use/.test(thrown.message);
}
