import { seededRandom, SeatrialError, type Clock, type Random, type Timer } from "../../core/mod.ts";
import { EventHeap } from "./event-heap.ts";
import type { KernelEvent } from "./event.ts";
import { mixMoment, mixText } from "./mix.ts";
import { RealmClock } from "./realm-clock.ts";
import { Realm } from "./realm.ts";
import { Trace, type TraceOptions } from "./trace.ts";
import { catchUncaught } from "./uncaught.ts";

/** What a simulation is made of. */
export interface KernelOptions {
  readonly seed: string;
  /** The wall clock at the start, in ms since the Unix epoch. @defaultValue 1 January 2026, 00:00 UTC */
  readonly epochUnixMs?: number;
  /** More events than this are a loop that never ends. @defaultValue 50 million */
  readonly eventsMax?: number;
  readonly trace?: TraceOptions;
}

const defaultEpochUnixMs = Date.UTC(2026, 0, 1);
const defaultEventsMax = 50_000_000;
/** Events for each turn of the real event loop. Between any two, Node runs all that the first has made ready. */
const batchSize = 64;
/** Between events that must keep their order: a nanosecond, in milliseconds. */
const nextMoment = 1e-6;

/** Only one simulation at a time: what nobody catches has to be somebody's. */
let running: Kernel | undefined;

/**
 * Virtual time, and everything that happens in it, one event after the other.
 *
 * An event runs to its end, and then everything that it made ready (promises, ticks), before the next one begins and
 * time moves on. Which of several events of the same moment comes first is drawn from the seed. Code takes no time.
 */
export class Kernel {
  readonly seed: string;
  readonly trace: Trace;
  /** True time, for the harness and for what belongs to the world itself. */
  readonly clock: Clock;
  readonly epochUnixMs: number;
  readonly #heap = new EventHeap();
  readonly #eventsMax: number;
  readonly #tieSeed: number;
  #now = 0;
  #sequence = 0;
  #events = 0;
  #current: Realm | undefined;
  #outside = 0;
  #settle: ((end: { value: unknown } | { error: unknown }) => void) | undefined;

  constructor({ seed, epochUnixMs = defaultEpochUnixMs, eventsMax = defaultEventsMax, trace }: KernelOptions) {
    this.seed = seed;
    this.trace = new Trace(trace);
    this.epochUnixMs = epochUnixMs;
    this.#eventsMax = eventsMax;
    this.#tieSeed = mixText(0x2545f491, seed);
    this.clock = new RealmClock({
      now: () => this.#now,
      epochUnixMs,
      after: (delayMs, run) => this.at(this.#now + delayMs, "timer", run),
    });
  }

  /** Virtual milliseconds since the start. */
  now(): number {
    return this.#now;
  }

  /** How many events have happened. */
  get events(): number {
    return this.#events;
  }

  /** Whose code runs at this instruction; nobody's while the world itself acts. */
  get current(): Realm | undefined {
    return this.#current;
  }

  /** A stream of chance of its own for each label: one more draw here moves nothing there. */
  random(label: string): Random {
    return seededRandom(`${this.seed}/${label}`);
  }

  realm(name: string, lives = 1): Realm {
    return new Realm({
      name,
      random: this.random(`realm/${name}/${lives}`),
      epochUnixMs: this.epochUnixMs,
      now: () => this.#now,
      schedule: (atMs, what, run, realm) => this.at(atMs, what, run, realm),
      release: (events) => this.#release(events),
      note: (what, detail) => this.trace.note(this.#now, name, what, detail),
    });
  }

  /**
   * Schedules an event. Those of one lane that fall on the same moment keep their order; a realm's timers are a lane.
   *
   * @param lane - @defaultValue the realm's name and what it is
   */
  at(atMs: number, what: string, run: () => void, realm?: Realm, lane?: string): Timer {
    const at = Math.max(atMs, this.#now);
    const tie = this.#tieOf(at, lane ?? laneOf(realm, what));
    const event: KernelEvent = { at, tie, sequence: this.#sequence++, realm, what, run };
    this.#heap.push(event);
    return { cancel: () => void (event.run = undefined) };
  }

  /** Runs code in a realm, as an event of its own, at this moment of virtual time. */
  enter(realm: Realm, what: string, run: () => void): void {
    this.at(this.#now, what, run, realm);
  }

  /**
   * Waits for something that happens in real time, such as a library that loads: virtual time stands still meanwhile,
   * so that it takes none, and happens at the same moment in every run.
   */
  async outside<Value>(work: Promise<Value>): Promise<Value> {
    this.#outside += 1;
    try {
      return await work;
    } finally {
      this.#outside -= 1;
    }
  }

  /**
   * Runs until `main` has come to its end, and returns what it returned. What is left then never happens.
   *
   * @throws whatever `main` threw, and whatever nobody caught outside of every realm
   * @throws SeatrialError `simulation_stuck` when `main` waits for something that will never happen, and
   *   `simulation_endless` after too many events
   */
  async run<Value>(main: () => Promise<Value>): Promise<Value> {
    if (running) throw new Error("two simulations run in one process at the same time");
    running = this;
    const restore = catchUncaught((thrown) => this.#uncaught(thrown));
    try {
      return await this.#drive(main);
    } finally {
      this.#settle = undefined;
      restore();
      running = undefined;
    }
  }

  #drive<Value>(main: () => Promise<Value>): Promise<Value> {
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    this.#settle = (end) => {
      this.#settle = undefined;
      if ("error" in end) reject(end.error as Error);
      else resolve(end.value as Value);
    };
    this.at(this.#now, "main", () => {
      main().then(
        (value) => this.#settle?.({ value }),
        (error: unknown) => this.#settle?.({ error }),
      );
    });
    this.#nextBatch();
    return promise;
  }

  /** Node runs every promise and tick that one immediate has made ready before it comes to the next immediate. */
  #nextBatch(): void {
    for (let index = 1; index < batchSize; index++) setImmediate(this.#step);
    setImmediate(() => {
      this.#step();
      if (this.#settle) this.#nextBatch();
    });
  }

  readonly #step = (): void => {
    if (!this.#settle || this.#outside > 0) return;
    const event = this.#nextEvent();
    if (!event) return this.#settle({ error: stuck(this.#now) });
    if (++this.#events > this.#eventsMax) return this.#settle({ error: endless(this.#eventsMax, this.#now) });
    this.#now = event.at;
    this.#current = event.realm;
    this.trace.note(event.at, event.realm?.name ?? "world", event.what);
    const { run } = event;
    event.run = undefined;
    run?.();
  };

  /** The next event that happens: not cancelled, and its realm alive and awake. */
  #nextEvent(): KernelEvent | undefined {
    for (;;) {
      const event = this.#heap.pop();
      if (!event?.run) {
        if (event) continue;
        return undefined;
      }
      const state = event.realm?.state ?? "running";
      if (state === "running") return event;
      if (state === "paused") event.realm?.hold(event);
    }
  }

  #release(events: readonly KernelEvent[]): void {
    for (const [index, event] of events.entries()) {
      // The same object, so that whoever holds its timer can still cancel it.
      event.at = this.#now + index * nextMoment;
      event.sequence = this.#sequence++;
      this.#heap.push(event);
    }
  }

  #uncaught(thrown: unknown): void {
    const realm = this.#current;
    if (!realm) return this.#settle?.({ error: thrown });
    realm.end({ why: "crashed", error: thrown });
  }

  #tieOf(at: number, lane: string): number {
    return mixText(mixMoment(this.#tieSeed, at), lane);
  }
}

function laneOf(realm: Realm | undefined, what: string): string {
  return realm ? `${realm.name} ${what}` : what;
}

function stuck(atMs: number): SeatrialError {
  return new SeatrialError(
    "simulation_stuck",
    `Nothing is left to happen after ${atMs.toFixed(3)} ms of virtual time`,
    {
      hint: "something waits for an event outside of the simulation: a real timer, socket or file",
    },
  );
}

function endless(events: number, atMs: number): SeatrialError {
  return new SeatrialError(
    "simulation_endless",
    `${events} events, and no end at ${atMs.toFixed(3)} ms of virtual time`,
    {
      hint: "something repeats without waiting, or the scenario is too large to simulate",
    },
  );
}
