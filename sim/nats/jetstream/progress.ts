/** A message that was delivered and not acknowledged. */
export interface Pending {
  /** Its number among the consumer's deliveries, the first time. */
  readonly delivery: number;
  /** From when on its acknowledgement wait counts, on the monotonic clock. */
  sinceMs: number;
}

/** How far a consumer has come: what a server keeps on disk. */
export interface Progress {
  /** The next message of the stream to look at. */
  nextSequence: number;
  /** The number of its next delivery. */
  nextDelivery: number;
  /** All deliveries up to here are acknowledged. */
  ackedDelivery: number;
  /** All messages up to here are acknowledged. */
  ackedSequence: number;
  /** What is delivered and not acknowledged, by sequence number. */
  pending: Map<number, Pending>;
  /** How often each of these was delivered again. */
  redelivered: Map<number, number>;
}

/** That of a consumer that begins with this message. */
export function newProgress(firstSequence: number): Progress {
  return {
    nextSequence: firstSequence,
    nextDelivery: 1,
    ackedDelivery: 0,
    ackedSequence: 0,
    pending: new Map(),
    redelivered: new Map(),
  };
}

/** The same, and what changes in one does not in the other. */
function copyOf(progress: Progress): Progress {
  const pending = new Map([...progress.pending].map(([sequence, one]) => [sequence, { ...one }] as const));
  return { ...progress, pending, redelivered: new Map(progress.redelivered) };
}

/**
 * What of a consumer's progress has reached the disk: its server writes it down a while after the first change.
 *
 * A server that is killed comes back with this; deliveries and acknowledgements of the last moments never were.
 */
export class SavedProgress {
  readonly #afterMs: number;
  #saved: Progress;
  #dirtySinceMs = -Infinity;

  constructor(afterMs: number, progress: Progress) {
    this.#afterMs = afterMs;
    this.#saved = copyOf(progress);
  }

  /** Called before each change. */
  beforeChange(nowMs: number, progress: Progress): void {
    if (nowMs - this.#dirtySinceMs < this.#afterMs) return;
    this.#saved = copyOf(progress);
    this.#dirtySinceMs = nowMs;
  }

  /** What is on disk now. */
  at(nowMs: number, progress: Progress): Progress {
    const isFlushed = nowMs - this.#dirtySinceMs >= this.#afterMs;
    return copyOf(isFlushed ? progress : this.#saved);
  }

  /** All of it is on disk: the server stopped in an orderly way. */
  flush(progress: Progress): void {
    this.#saved = copyOf(progress);
    this.#dirtySinceMs = -Infinity;
  }
}
