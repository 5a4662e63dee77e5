import type { HistoryEvent, Observation, Witness } from "../../../core/mod.ts";
import type { Kernel } from "../../../sim/mod.ts";

/** The history of one trial, in memory: every witness adds to it, and it is in order of time. */
export class MemoryHistory {
  readonly #kernel: Kernel;
  readonly #events: HistoryEvent[] = [];

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Everything so far. */
  get events(): readonly HistoryEvent[] {
    return this.#events;
  }

  /** A witness of the world itself, whose clock is right. */
  witness(who: string): Witness {
    return { record: (observation) => this.add(who, observation) };
  }

  /** Stamps an observation with the true time, unless it has one, and keeps it. It becomes a part of the trace. */
  add(who: string, observation: Observation): void {
    const event = { ...observation, at: toMicroseconds(observation.at ?? this.#kernel.now()), who };
    this.#insert(event);
    this.#kernel.trace.note(this.#kernel.now(), who, "witness", JSON.stringify(event));
  }

  /** One that tells of the past comes after everything that had happened by then. */
  #insert(event: HistoryEvent): void {
    const events = this.#events;
    let place = events.length;
    while (place > 0 && (events[place - 1]?.at ?? 0) > event.at) place -= 1;
    if (place === events.length) events.push(event);
    else events.splice(place, 0, event);
  }
}

function toMicroseconds(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
