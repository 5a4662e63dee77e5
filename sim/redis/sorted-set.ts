import type { Bytes } from "../bytes.ts";

/** A member with its score. */
export interface Scored {
  readonly member: Bytes;
  readonly score: number;
}

/**
 * Members in the order of their scores, those of one score in the order of their bytes.
 *
 * A sorted array beside a map: look-ups and ranges take a binary search, and a write moves memory, which up to some
 * ten thousand members is faster than a skip list.
 */
export class SortedSet {
  readonly #scores = new Map<Bytes, number>();
  readonly #sorted: Scored[] = [];

  get size(): number {
    return this.#sorted.length;
  }

  score(member: Bytes): number | undefined {
    return this.#scores.get(member);
  }

  /** Adds a member, or moves it. A negative zero is kept as zero, as in Redis's compact form. */
  set(member: Bytes, newScore: number): void {
    const score = newScore === 0 ? 0 : newScore;
    const before = this.#scores.get(member);
    if (before === score) return;
    if (before !== undefined) this.#sorted.splice(this.#positionOf(member, before), 1);
    this.#scores.set(member, score);
    this.#sorted.splice(this.#positionOf(member, score), 0, { member, score });
  }

  delete(member: Bytes): boolean {
    const score = this.#scores.get(member);
    if (score === undefined) return false;
    this.#scores.delete(member);
    this.#sorted.splice(this.#positionOf(member, score), 1);
    return true;
  }

  /** The member's position, from 0. */
  rank(member: Bytes): number | undefined {
    const score = this.#scores.get(member);
    return score === undefined ? undefined : this.#positionOf(member, score);
  }

  at(position: number): Scored | undefined {
    return this.#sorted[position];
  }

  [Symbol.iterator](): Iterator<Scored> {
    return this.#sorted.values();
  }

  /** From one position to another, the second excluded. */
  slice(from = 0, to = this.size): Scored[] {
    return this.#sorted.slice(from, to);
  }

  /** Takes out everything from one position to another, the second excluded. */
  cut(from: number, to: number): Scored[] {
    const gone = this.#sorted.splice(from, Math.max(0, to - from));
    for (const { member } of gone) this.#scores.delete(member);
    return gone;
  }

  /** The first position whose entry passes; those that pass must all lie behind those that do not. */
  firstWhere(passes: (entry: Scored) => boolean): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (passes(this.#sorted[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #positionOf(member: Bytes, score: number): number {
    return this.firstWhere((each) => each.score > score || (each.score === score && each.member >= member));
  }
}
