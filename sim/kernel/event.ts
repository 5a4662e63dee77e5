import type { Realm } from "./realm.ts";

/** Something that will happen at a moment of virtual time. */
export interface KernelEvent {
  /** Virtual milliseconds since the start of the run. Later than it was to be, when its realm was paused. */
  at: number;
  /** Decides between events of the same moment: drawn from the seed, and the same for all of one lane. */
  readonly tie: number;
  /** Decides at last: order of scheduling. */
  sequence: number;
  /** Whose it is: it never happens when its realm is dead, and waits while it is paused. None for the world's own. */
  readonly realm: Realm | undefined;
  /** `timer`, `deliver`: a few fixed words, for the trace. */
  readonly what: string;
  /** Nothing any more, once it is cancelled or has happened. */
  run: (() => void) | undefined;
}

/** Whether one event comes before another. */
export function isBefore(one: KernelEvent, other: KernelEvent): boolean {
  if (one.at !== other.at) return one.at < other.at;
  if (one.tie !== other.tie) return one.tie < other.tie;
  return one.sequence < other.sequence;
}
