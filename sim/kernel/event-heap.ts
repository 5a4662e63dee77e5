import { isBefore, type KernelEvent } from "./event.ts";

/** Fewer cancelled events than this are not worth being swept away. */
const sweepFrom = 64;

/**
 * What is still to happen, soonest first: a binary heap. Most timers watch over something that then goes well, and are
 * cancelled long before their time: when these are more than the others, they are swept away.
 */
export class EventHeap {
  #events: KernelEvent[] = [];
  #cancelled = 0;

  get size(): number {
    return this.#events.length;
  }

  push(event: KernelEvent): void {
    if (this.#cancelled >= sweepFrom && this.#cancelled * 2 > this.#events.length) this.#sweep();
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
    if (first !== undefined && last !== undefined && first !== last) this.#sink(last, 0);
    if (first && !first.run && this.#cancelled > 0) this.#cancelled -= 1;
    return first;
  }

  /** One of its events has been cancelled: it has no `run` any more. */
  forget(): void {
    this.#cancelled += 1;
  }

  #sweep(): void {
    this.#cancelled = 0;
    this.#events = this.#events.filter(({ run }) => run);
    for (let index = (this.#events.length >> 1) - 1; index >= 0; index--) this.#sink(this.#events[index]!, index);
  }

  /** Puts an event in a place, and lets it sink to where it belongs. */
  #sink(event: KernelEvent, place: number): void {
    const events = this.#events;
    const { length } = events;
    let hole = place;
    for (let child = 2 * hole + 1; child < length; child = 2 * hole + 1) {
      const right = child + 1;
      if (right < length && isBefore(events[right]!, events[child]!)) child = right;
      if (!isBefore(events[child]!, event)) break;
      events[hole] = events[child]!;
      hole = child;
    }
    events[hole] = event;
  }
}
