/** What gives a message its place in a queue. */
export interface Ranked {
  /** The larger, the more urgent. */
  readonly priority: number;
  /** Position in the order of acceptance; no two have the same. */
  readonly order: number;
}

/** By priority, and first in, first out within one priority. */
function goesBefore(one: Ranked, other: Ranked): boolean {
  return one.priority === other.priority ? one.order < other.order : one.priority > other.priority;
}

/** A binary heap by {@link goesBefore}: the first is known at once, and adding or taking one costs O(log n). */
export class RankedQueue<Item extends Ranked> {
  readonly #heap: Item[] = [];

  get size(): number {
    return this.#heap.length;
  }

  add(item: Item): void {
    this.#heap.push(item);
    this.#rise(this.#heap.length - 1, item);
  }

  take(): Item | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) this.#sink(last);
    return first;
  }

  /** Takes all, in no order. */
  clear(): Item[] {
    return this.#heap.splice(0);
  }

  #rise(from: number, item: Item): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#heap[above];
      if (parent === undefined || goesBefore(parent, item)) break;
      this.#heap[place] = parent;
      place = above;
    }
    this.#heap[place] = item;
  }

  #sink(item: Item): void {
    let place = 0;
    for (;;) {
      const below = this.#firstBelow(place);
      const child = this.#heap[below];
      if (child === undefined || goesBefore(item, child)) break;
      this.#heap[place] = child;
      place = below;
    }
    this.#heap[place] = item;
  }

  #firstBelow(place: number): number {
    const left = 2 * place + 1;
    const [one, other] = [this.#heap[left], this.#heap[left + 1]];
    return one !== undefined && other !== undefined && goesBefore(other, one) ? left + 1 : left;
  }
}
