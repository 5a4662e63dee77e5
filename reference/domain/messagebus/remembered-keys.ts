/** Whose message a key was first given to. */
export interface FirstMessage {
  readonly id: string;
  readonly shard: number;
}

interface Remembered extends FirstMessage {
  readonly untilMs: number;
}

/**
 * Idempotency keys that were accepted. A key expires at a fixed time after its first message, however often it is seen
 * since; of too many, the least recently used goes first. So the real window is the shorter of the TTL and the time in
 * which `max` new keys come.
 */
export class RememberedKeys {
  readonly #limits: { readonly ttlMs: number; readonly max: number };
  /** From the least to the most recently used. */
  readonly #keys = new Map<string, Remembered>();
  /** Goes on where it was: a new iterator would first step over all that was deleted, and take longer and longer. */
  readonly #leastRecent = this.#keys.keys();

  constructor(limits: { readonly ttlMs: number; readonly max: number }) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#keys.size;
  }

  find(key: string, nowMs: number): FirstMessage | undefined {
    const found = this.#keys.get(key);
    if (!found) return undefined;
    this.#keys.delete(key);
    if (nowMs >= found.untilMs) return undefined;
    this.#keys.set(key, found);
    return { id: found.id, shard: found.shard };
  }

  remember(key: string, { id, shard }: FirstMessage, nowMs: number): void {
    this.#keys.delete(key);
    this.#keys.set(key, { id, shard, untilMs: nowMs + this.#limits.ttlMs });
    if (this.#keys.size > this.#limits.max) this.#keys.delete(this.#leastRecent.next().value ?? key);
  }

  forget(key: string): void {
    this.#keys.delete(key);
  }
}
