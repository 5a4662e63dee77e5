import type { Random, Timer } from "../../core/mod.ts";
import { RealmClock } from "./realm-clock.ts";

/** An event that waits for its realm to go on. */
export interface HeldEvent {
  readonly what: string;
}

/** What a realm needs of its kernel. */
export interface RealmParts {
  readonly name: string;
  readonly random: Random;
  readonly epochUnixMs: number;
  now(): number;
  schedule(atMs: number, what: string, run: () => void): Timer;
  /** Puts back what it has held, to happen now, in this order. */
  release(events: readonly HeldEvent[]): void;
  note(what: string, detail: string): void;
}

/** How a realm came to its end. */
export interface RealmEnd {
  readonly why: "killed" | "crashed" | "ended";
  /** What nobody caught, for a crash. */
  readonly error?: unknown;
}

/**
 * A place in which code runs as in a process of its own: with its own clock and its own chance, and with a life that
 * can be halted or ended. When it dies, whatever it still had to do never happens.
 */
export class Realm {
  readonly name: string;
  readonly clock: RealmClock;
  readonly random: Random;
  readonly #parts: RealmParts;
  readonly #held: HeldEvent[] = [];
  readonly #whenDead: ((end: RealmEnd) => void)[] = [];
  #state: "running" | "paused" | "dead" = "running";

  constructor(parts: RealmParts) {
    this.#parts = parts;
    this.name = parts.name;
    this.random = parts.random;
    this.clock = new RealmClock({
      now: () => parts.now(),
      epochUnixMs: parts.epochUnixMs,
      after: (delayMs, run) => parts.schedule(parts.now() + delayMs, "timer", run),
    });
  }

  get state(): "running" | "paused" | "dead" {
    return this.#state;
  }

  get dead(): boolean {
    return this.#state === "dead";
  }

  /** From now on nothing happens in it; what becomes due waits. */
  pause(): void {
    if (this.#state !== "running") return;
    this.#state = "paused";
    this.#parts.note("pause", "");
  }

  /** Everything that has become due happens now: timers first, as an event loop does, then what has arrived. */
  resume(): void {
    if (this.#state !== "paused") return;
    this.#state = "running";
    this.#parts.note("resume", `${this.#held.length} held`);
    const held = this.#held.splice(0);
    const timers = held.filter(({ what }) => what === "timer");
    this.#parts.release([...timers, ...held.filter(({ what }) => what !== "timer")]);
  }

  /** Ends it at this instruction. Ending it twice is ending it once. */
  end(end: RealmEnd): void {
    if (this.#state === "dead") return;
    this.#state = "dead";
    this.#held.length = 0;
    this.#parts.note(end.why, "");
    for (const run of this.#whenDead.splice(0)) run(end);
  }

  /** Calls back, outside of the realm, when it dies. */
  onDeath(run: (end: RealmEnd) => void): void {
    this.#whenDead.push(run);
  }

  /** Keeps an event for when the realm goes on. The kernel alone calls this. */
  hold(event: HeldEvent): void {
    this.#held.push(event);
  }
}
