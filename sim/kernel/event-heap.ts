import { isBefore, type KernelEvent } from "./event.ts";

/** What is still to happen, soonest first: a binary heap. */
export class EventHeap {
  readonly #events: KernelEvent[] = [];

  get size(): number {
    return this.#events.length;
  }

  push(event: KernelEvent): void {
    const events = this.#events;
    let hole = events.length;
    events.push(event);
    while (hole > 0) {
      const parentIndex = (hole - 1) >> 1;
      const parent = events[parentIndex]!;
      if (!isBefore(event, parent)) break;
      events[hole] = parent;
      hole = parentIndex;
    }
    events[hole] = event;
  }

  /** The soonest event, taken out. Nothing when there is none. */
  pop(): KernelEvent | undefined {
    const first = this.#events[0];
    const last = this.#events.pop();
    if (first !== undefined && last !== undefined && first !== last) this.#sink(last);
    return first;
  }

  /** Puts an event in the place of the first, and lets it sink to where it belongs. */
  #sink(event: KernelEvent): void {
    const events = this.#events;
    const { length } = events;
    let hole = 0;
    for (let child = 1; child < length; child = 2 * hole + 1) {
      const right = child + 1;
      if (right < length && isBefore(events[right]!, events[child]!)) child = right;
      if (!isBefore(events[child]!, event)) break;
      events[hole] = events[child]!;
      hole = child;
    }
    events[hole] = event;
  }
}
