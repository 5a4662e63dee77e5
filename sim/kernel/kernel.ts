import { seededRandom, SeatrialError, type Clock, type Random, type Timer } from "../../core/mod.ts";
import { followAbortListeners } from "./abort-listeners.ts";
import { EventHeap } from "./event-heap.ts";
import { ScheduledEvent, type KernelEvent, type Planned } from "./event.ts";
import { raiseFence, type TrustedLibrary } from "./fence.ts";
import { mixMoment, mixText } from "./mix.ts";
import { Outside } from "./outside.ts";
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
  /** Libraries that may reach past the fence around realms. @defaultValue none */
  readonly trusted?: readonly TrustedLibrary[];
}

const defaultEpochUnixMs = Date.UTC(2026, 0, 1);
const defaultEventsMax = 50_000_000;
/** Events for each turn of the real event loop. Between any two, Node runs all that the first has made ready. */
const batchSize = 64;
/** Below every tie that is drawn. */
const beforeAll = -Infinity;

/** The real one, as it was before any fence was raised. */
const setRealImmediate = setImmediate;

/** Only one simulation at a time: what nobody catches has to be somebody's. */
let isRunning = false;

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
  readonly #outside = new Outside();
  readonly #eventsMax: number;
  readonly #trusted: readonly TrustedLibrary[];
  readonly #tieSeed: number;
  #now = 0;
  #sequence = 0;
  #events = 0;
  #current: Realm | undefined;
  #isActing = false;
  #settle: ((end: { value: unknown } | { error: unknown }) => void) | undefined;

  constructor({
    seed,
    epochUnixMs = defaultEpochUnixMs,
    eventsMax = defaultEventsMax,
    trace,
    trusted = [],
  }: KernelOptions) {
    this.seed = seed;
    this.trace = new Trace(trace);
    this.epochUnixMs = epochUnixMs;
    this.#eventsMax = eventsMax;
    this.#trusted = trusted;
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
    const realm: Realm = new Realm({
      name,
      random: this.random(`realm/${name}/${lives}`),
      epochUnixMs: this.epochUnixMs,
      now: () => this.#now,
      schedule: (atMs, what, run) => this.at(atMs, what, run, realm),
      // It holds nothing but what it was given to hold.
      release: (events) => this.#release(events as readonly KernelEvent[]),
      note: (what, detail) => this.trace.note(this.#now, name, what, detail),
    });
    return realm;
  }

  /**
   * Schedules an event. Those of one lane that fall on the same moment keep their order; a realm's timers are a lane.
   *
   * @param lane - @defaultValue the realm's name and what it is
   */
  at(atMs: number, what: string, run: () => void, realm?: Realm, lane?: string): Timer {
    return this.schedule(lane === undefined ? { atMs, what, run, realm } : { atMs, what, run, realm, lane });
  }

  /** Schedules an event, as `at` does, with more to say about it. */
  schedule(planned: Planned): ScheduledEvent {
    const { realm, what, lane } = planned;
    const at = Math.max(planned.atMs, this.#now);
    const moment = mixMoment(this.#tieSeed, at);
    const tie = lane === undefined ? mixText(mixText(moment, realm?.name ?? ""), what) : mixText(moment, lane);
    const event = new ScheduledEvent(planned, { at, tie, sequence: this.#sequence++, heap: this.#heap });
    if (Number.isNaN(at)) throw new Error(`${event.who} schedules "${what}" at no moment`);
    if (at < Infinity) this.#heap.push(event);
    return event;
  }

  /** Runs code in a realm, as an event of its own, at this moment of virtual time. */
  enter(realm: Realm, what: string, run: () => void): void {
    this.at(this.#now, what, run, realm);
  }

  /**
   * Waits for something that happens in real time, such as a library that loads: virtual time stands still meanwhile,
   * so that it takes none, and happens at the same moment in every run. Several who wait go on in the order of their
   * calls.
   */
  outside<Value>(work: Promise<Value>): Promise<Value> {
    return this.#outside.wait(work, this.#current);
  }

  /** Ends the run with this error: something is wrong with the simulation itself. */
  fail(error: unknown): void {
    this.#settle?.({ error });
  }

  /**
   * Runs until `main` has come to its end, and returns what it returned. What is left then never happens.
   *
   * @throws whatever `main` threw, and whatever nobody caught outside of every realm
   * @throws SeatrialError `simulation_stuck` when `main` waits for something that will never happen, and
   *   `simulation_endless` after too many events
   */
  async run<Value>(main: () => Promise<Value>): Promise<Value> {
    if (isRunning) throw new Error("two simulations run in one process at the same time");
    isRunning = true;
    const releaseUncaught = catchUncaught((thrown) => this.#uncaught(thrown));
    const lowerFence = raiseFence({
      trusted: this.#trusted,
      current: () => this.#current,
      enter: (realm, what, run) => this.enter(realm, what, run),
      stop: (error) => this.#trespass(error),
    });
    const forgetListeners = followAbortListeners(() => this.#isActing);
    try {
      return await this.#drive(main);
    } finally {
      this.#settle = undefined;
      // What the last event has left to nobody is heard of only when the promises that it made ready have run.
      await new Promise(setRealImmediate);
      forgetListeners();
      lowerFence();
      releaseUncaught();
      isRunning = false;
    }
  }

  #drive<Value>(main: () => Promise<Value>): Promise<Value> {
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    this.#settle = (end) => {
      this.#settle = undefined;
      if ("error" in end) reject(end.error);
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
    for (let index = 0; index < batchSize; index++) setRealImmediate(this.#step);
    setRealImmediate(() => {
      // What the process does between two batches is no realm's doing, nor the world's.
      this.#current = undefined;
      this.#isActing = false;
      if (this.#settle) this.#nextBatch();
    });
  }

  readonly #step = (): void => {
    if (!this.#settle) return;
    this.#isActing = true;
    if (this.#outside.isBusy) return this.#goOnInside();
    const event = this.#nextEvent();
    if (!event) return this.#settle({ error: stuck(this.#now) });
    if (++this.#events > this.#eventsMax) return this.#settle({ error: endless(this.#eventsMax, this.#now) });
    this.#now = event.at;
    this.#current = event.realm;
    this.trace.note(event.at, event.who, event.what, event.detail, event.size, event.digest);
    const { run } = event;
    event.run = undefined;
    try {
      run?.();
    } catch (thrown) {
      this.#uncaught(thrown);
    }
  };

  #goOnInside(): void {
    const { realm, goOn } = this.#outside.next() ?? {};
    if (realm?.dead) return;
    this.#current = realm;
    goOn?.();
  }

  /** The next event that happens: not cancelled, and its realm alive and awake. */
  #nextEvent(): KernelEvent | undefined {
    for (;;) {
      const event = this.#heap.pop();
      if (!event) return undefined;
      if (!event.run) continue;
      const state = event.realm?.state ?? "running";
      if (state === "running") return event;
      if (state === "paused") event.realm?.hold(event);
    }
  }

  #release(events: readonly KernelEvent[]): void {
    for (const event of events) {
      // The same object, so that whoever holds its timer can still cancel it; before whatever else this moment has.
      event.at = this.#now;
      event.tie = beforeAll;
      event.sequence = this.#sequence++;
      this.#heap.push(event);
    }
  }

  #uncaught(thrown: unknown): void {
    const realm = this.#current;
    if (!realm) return this.fail(thrown);
    realm.end({ why: "crashed", error: thrown });
  }

  /** Code of a realm has reached past the fence: the realm is at an end, and so is the run, whatever it catches. */
  #trespass(error: unknown): void {
    this.#uncaught(error);
    this.fail(error);
  }
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
