/**
 * The store's wall clock as seen from here: a lower bound of it, carried by this replica's own monotonic clock.
 *
 * Deadlines and time-outs are counted on the store's clock, because every record is stamped by it, and replicas'
 * wall clocks differ. The bound never runs ahead of what was observed, so a job may be judged overdue late, by the
 * length of a round trip in a busy plane, but never early.
 */
export class StoreTime {
  /** Store's clock minus monotonic clock, at least. */
  #offsetMs = -Infinity;
  #stamped = false;

  /** The store answered a write with its time: it was between these two moments of the monotonic clock. */
  stamped(unixMs: number, sentAtMs: number, answeredAtMs: number): void {
    const least = unixMs - answeredAtMs;
    const most = unixMs - sentAtMs;
    this.#offsetMs = this.#stamped ? Math.min(Math.max(this.#offsetMs, least), most) : least;
    this.#stamped = true;
  }

  /** A record was read that the store stamped with this time some while ago: a hint, until there is a better one. */
  passed(unixMs: number, nowMs: number): void {
    if (!this.#stamped) this.#offsetMs = Math.max(this.#offsetMs, unixMs - nowMs);
  }

  /** The store's clock shows this or more. `-Infinity` while nothing is known. */
  atLeast(nowMs: number): number {
    return this.#offsetMs + nowMs;
  }
}
