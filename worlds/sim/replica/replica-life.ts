import { EnvironmentError, UsageError, type Trap } from "../../../core/mod.ts";
import type { Running } from "../../../reference/running.ts";
import type { Kernel, Realm, RealmEnd } from "../../../sim/mod.ts";
import { trapBoard, type TrapBoard } from "../../inside/trap-board.ts";

/** What one life of a replica is made of. */
export interface LifeOptions {
  readonly id: string;
  /** Which of its lives it is, from 1. */
  readonly number: number;
  readonly kernel: Kernel;
  /** Starts the replica's code; called in the realm. */
  readonly start: (realm: Realm, board: TrapBoard) => Promise<Running>;
  /** A trap springs; told before it acts, and of a `delay` once. */
  readonly onSprung: (action: Trap["action"]) => void;
  /** It ended, at this instruction. */
  readonly onEnd: (end: RealmEnd) => void;
}

/**
 * One life of a replica, from the start of its realm to its end.
 *
 * Whatever it tells the harness, it tells in an event of the world's: harness code never runs in a replica's realm.
 */
export class ReplicaLife {
  readonly realm: Realm;
  /** Its URL. Rejects when it ends first. */
  readonly ready: Promise<string>;
  /** Resolves when it has ended. */
  readonly ended: Promise<RealmEnd>;
  readonly #options: LifeOptions;
  readonly #board: TrapBoard;
  /** What tells of each trap that is set. */
  readonly #springs = new Map<number, () => void>();
  /** Traps that have killed it: told of when it is dead. */
  readonly #deadly = new Set<number>();
  #lastTrap = 0;
  #running: Running | undefined;
  #told = false;

  constructor(options: LifeOptions) {
    const { kernel, id, number, start } = options;
    this.#options = options;
    this.realm = kernel.realm(id, number);
    this.#board = trapBoard({
      clock: this.realm.clock,
      announce: (trap, action) => this.#sprung(trap, action),
      signal: (name) => this.#signal(name),
    });
    const ready = Promise.withResolvers<string>();
    const ended = Promise.withResolvers<RealmEnd>();
    this.ready = ready.promise;
    this.ended = ended.promise;
    this.realm.onDeath((end) => {
      options.onEnd(end);
      this.#tell(() => {
        ended.resolve(end);
        ready.reject(diedEarly(id, end));
        for (const trap of this.#deadly) this.#springs.get(trap)?.();
      });
    });
    // Who waits for it hears of its end; so does nobody when it ends while nobody waits.
    this.ready.catch(() => undefined);
    kernel.enter(this.realm, "start", () => {
      start(this.realm, this.#board).then(
        (running) => {
          this.#running = running;
          this.#tell(() => ready.resolve(running.url));
          if (this.#told) this.#stop(running);
        },
        (error: unknown) => this.realm.end({ why: "crashed", error }),
      );
    });
  }

  /** SIGTERM: it stops gracefully, when it is awake. */
  terminate(): void {
    this.#options.kernel.enter(this.realm, "SIGTERM", () => {
      if (this.#told) return;
      this.#told = true;
      if (this.#running) this.#stop(this.#running);
    });
  }

  /** SIGKILL. */
  kill(): void {
    this.realm.end({ why: "killed" });
  }

  /**
   * Sets a trap. `sprung` resolves when it springs for the first time; for one that kills, when the realm is dead.
   *
   * @throws UsageError when the trap makes no sense.
   */
  setTrap(trap: Trap): { readonly id: number; readonly sprung: Promise<void> } {
    const id = ++this.#lastTrap;
    const refusal = this.#board.set(id, trap);
    if (refusal !== undefined) throw new UsageError(`Cannot set the trap in ${this.#options.id}: ${refusal}`);
    const sprung = Promise.withResolvers<void>();
    this.#springs.set(id, sprung.resolve);
    return { id, sprung: sprung.promise };
  }

  /** Harmless when it is gone already. */
  removeTrap(id: number): void {
    this.#board.remove(id);
    this.#springs.delete(id);
  }

  #stop(running: Running): void {
    running.stop().then(
      () => this.realm.end({ why: "ended" }),
      (error: unknown) => this.realm.end({ why: "crashed", error }),
    );
  }

  #sprung(id: number, action: Trap["action"]): void {
    this.#options.onSprung(action);
    if (action === "kill") this.#deadly.add(id);
    else this.#tell(() => this.#springs.get(id)?.());
  }

  /** What a signal to this very process does. The code goes on when a paused realm does, and never when it is dead. */
  #signal(name: "SIGKILL" | "SIGTERM" | "SIGSTOP"): void | Promise<void> {
    switch (name) {
      case "SIGTERM":
        return this.terminate();
      case "SIGKILL":
        this.kill();
        return new Promise(() => {});
      case "SIGSTOP":
        this.realm.pause();
        return this.realm.clock.sleep(0);
    }
  }

  #tell(run: () => void): void {
    const { kernel, id } = this.#options;
    kernel.at(kernel.now(), `told by ${id}`, run);
  }
}

function diedEarly(id: string, { why, error }: RealmEnd): EnvironmentError {
  const because = error instanceof Error ? `: ${error.message}` : "";
  return new EnvironmentError("replica_died", `${id} ${why} during start${because}`, "see its log", error);
}
