import {
  EnvironmentError,
  type Observation,
  type Role,
  type SetTrap,
  type Trap,
  type Witness,
} from "../../../core/mod.ts";
import type { Kernel, RealmEnd } from "../../../sim/mod.ts";
import type { FleetReplica } from "../../fleet/fleet.ts";
import { ReplicaLife, type LifeOptions } from "./replica-life.ts";

/** What a replica needs besides its name. */
export interface SimReplicaOptions {
  readonly kernel: Kernel;
  readonly witness: Witness;
  readonly start: LifeOptions["start"];
  /** SIGTERM may take this long; then comes SIGKILL. */
  readonly stopWithinMs: number;
}

type Phase = Extract<Observation, { kind: "replica" }>["phase"];

const readyWithinMs = 60_000;

/** One replica over all of its lives, each in a realm of its own: the same id, and the same address. */
export class SimReplica implements FleetReplica {
  readonly id: string;
  readonly role: Role;
  state: FleetReplica["state"] = "exited";
  url: string | undefined;
  readonly #options: SimReplicaOptions;
  #life: ReplicaLife | undefined;
  #lives = 0;
  /** By how much its machine's wall clock has jumped. */
  #jumpedMs = 0;

  constructor(id: string, role: Role, options: SimReplicaOptions) {
    this.id = id;
    this.role = role;
    this.#options = options;
  }

  /** Starts it and waits until it is ready. @throws EnvironmentError `replica_died` */
  async start(): Promise<void> {
    if (this.state !== "exited") throw this.#cannot("start");
    const { kernel } = this.#options;
    this.state = "starting";
    this.#record("starting");
    const life = new ReplicaLife({
      ...{ id: this.id, number: ++this.#lives, kernel },
      start: this.#begin,
      onSprung: (action) => this.#onSprung(action),
      onEnd: (end) => this.#onEnd(end),
    });
    this.#life = life;
    const tooLate = kernel.clock.after(readyWithinMs, () => life.kill());
    this.url = await life.ready.finally(() => tooLate.cancel());
    if (this.#life !== life) return;
    this.state = "ready";
    this.#record("ready");
  }

  async stop(): Promise<void> {
    const life = this.#running("stop");
    this.#record("stopping");
    life.terminate();
    if (this.state === "paused") this.#wake(life);
    const tooLate = this.#options.kernel.clock.after(this.#options.stopWithinMs, () => life.kill());
    await life.ended;
    tooLate.cancel();
  }

  async kill(): Promise<void> {
    const life = this.#running("kill");
    life.kill();
    await life.ended;
  }

  pause(): void {
    const life = this.#running("pause", "ready");
    this.#paused();
    life.realm.pause();
  }

  resume(): void {
    const life = this.#running("resume", "paused", "ready");
    if (this.state === "paused") this.#wake(life);
  }

  /** Moves its machine's wall clock, for this life and those that follow. */
  jumpClock(byMs: number): void {
    this.#jumpedMs += byMs;
    this.#life?.realm.clock.jump(byMs);
  }

  setTrap(trap: Trap): SetTrap {
    const life = this.#running("set a trap in", "ready");
    const { id, sprung } = life.setTrap(trap);
    return { sprung, remove: () => Promise.resolve(life.removeTrap(id)) };
  }

  #begin: LifeOptions["start"] = (realm, board) => {
    realm.clock.jump(this.#jumpedMs);
    return this.#options.start(realm, board);
  };

  #onSprung(action: Trap["action"]): void {
    if (action === "pause") this.#paused();
    if (action === "stop") this.#record("stopping");
  }

  #onEnd({ why }: RealmEnd): void {
    this.#record("exited", why === "killed" ? { signal: "SIGKILL" } : { exitCode: why === "crashed" ? 1 : 0 });
    this.state = "exited";
    this.#life = undefined;
  }

  #paused(): void {
    if (this.state !== "ready") return;
    this.state = "paused";
    this.#record("paused");
  }

  #wake(life: ReplicaLife): void {
    // The events come before what the woken process does next.
    this.state = "ready";
    this.#record("resumed");
    life.realm.resume();
  }

  #running(verb: string, ...states: FleetReplica["state"][]): ReplicaLife {
    if (!this.#life || (states.length > 0 && !states.includes(this.state))) throw this.#cannot(verb);
    return this.#life;
  }

  #cannot(verb: string): EnvironmentError {
    return new EnvironmentError("replica_state", `Cannot ${verb} ${this.id}: it is ${this.state}`, "see its log");
  }

  #record(phase: Phase, facts: { exitCode?: number; signal?: string } = {}): void {
    this.#options.witness.record({ kind: "replica", replica: this.id, role: this.role, phase, ...facts });
  }
}
