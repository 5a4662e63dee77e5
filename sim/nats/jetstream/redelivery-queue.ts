/** Sequence numbers of messages that are to be delivered again, first come first served; none stands there twice. */
export class RedeliveryQueue {
  readonly #queue = new Set<number>();

  get size(): number {
    return this.#queue.size;
  }

  has(sequence: number): boolean {
    return this.#queue.has(sequence);
  }

  add(sequence: number): void {
    this.#queue.add(sequence);
  }

  remove(sequence: number): void {
    this.#queue.delete(sequence);
  }

  /** The next one, taken out. */
  take(): number | undefined {
    const { value } = this.#queue.values().next();
    if (value !== undefined) this.#queue.delete(value);
    return value;
  }

  clear(): void {
    this.#queue.clear();
  }

  /** Keeps those at or after this one. */
  dropBefore(sequence: number): void {
    for (const queued of this.#queue) if (queued < sequence) this.#queue.delete(queued);
  }
}
