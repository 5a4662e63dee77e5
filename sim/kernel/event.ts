import type { Timer } from "../../core/mod.ts";
import type { Realm } from "./realm.ts";

/** Something that will happen at a moment of virtual time. */
export interface KernelEvent {
  /** Virtual milliseconds since the start of the run. Later than it was to be, when its realm was paused. */
  at: number;
  /** Decides between events of the same moment: drawn from the seed, and the same for all of one lane. */
  tie: number;
  /** Decides at last: order of scheduling. */
  sequence: number;
  /** Whose it is: it never happens when its realm is dead, and waits while it is paused. None for the world's own. */
  readonly realm: Realm | undefined;
  /** `timer`, `from redis`: a few fixed words, for the trace. */
  readonly what: string;
  /** More about it, for the trace. */
  readonly detail: string;
  /** How large it is, for the trace: the bytes of a message. */
  readonly size: number;
  /** What it says, for the trace: the digest of a message. */
  readonly digest: number;
  /** Where it happens, for the trace. */
  readonly who: string;
  /** Nothing any more, once it is cancelled or has happened. */
  run: (() => void) | undefined;
}

/** An event that is to be scheduled. */
export interface Planned {
  readonly atMs: number;
  readonly what: string;
  readonly run: () => void;
  readonly realm?: Realm | undefined;
  /** Events of one lane that fall on the same moment keep their order. @defaultValue the realm's name and what it is */
  readonly lane?: string;
  /** @defaultValue the realm's name, or `world` */
  readonly who?: string;
  /** @defaultValue nothing */
  readonly detail?: string;
  /** @defaultValue 0 */
  readonly size?: number;
  /** @defaultValue 0 */
  readonly digest?: number;
}

/** Whoever keeps events, and is told of those that will never happen. */
export interface EventKeeper {
  forget(): void;
}

/** Where an event is on the heap, and on which. */
export interface Place {
  readonly at: number;
  readonly tie: number;
  readonly sequence: number;
  readonly heap: EventKeeper;
}

/** An event on the heap. */
export class ScheduledEvent implements KernelEvent, Timer {
  at: number;
  tie: number;
  sequence: number;
  readonly realm: Realm | undefined;
  readonly what: string;
  readonly detail: string;
  readonly size: number;
  readonly digest: number;
  readonly who: string;
  run: (() => void) | undefined;
  readonly #heap: EventKeeper;

  constructor(planned: Planned, { at, tie, sequence, heap }: Place) {
    const { realm, what, detail = "", size = 0, digest = 0, who, run } = planned;
    this.at = at;
    this.tie = tie;
    this.sequence = sequence;
    this.realm = realm;
    this.what = what;
    this.detail = detail;
    this.size = size;
    this.digest = digest;
    this.who = who ?? realm?.name ?? "world";
    this.run = run;
    this.#heap = heap;
  }

  /** It never happens. Harmless when it has, or was cancelled. */
  cancel(): void {
    if (!this.run) return;
    this.run = undefined;
    this.#heap.forget();
  }
}

/** Whether one event comes before another. */
export function isBefore(one: KernelEvent, other: KernelEvent): boolean {
  if (one.at !== other.at) return one.at < other.at;
  if (one.tie !== other.tie) return one.tie < other.tie;
  return one.sequence < other.sequence;
}
