/**
 * For how long a replica has listened without a gap. Silence means something only to one who could have heard.
 *
 * The replica sends itself an echo, again and again, over the same bus that the heartbeats travel on. While the
 * echoes come back, its ears work; a cut network, a paused process and a stalled event loop all show as a gap.
 */
export class Listening {
  readonly #longestGapMs: number;
  #sinceMs = 0;
  #lastMs = -Infinity;

  constructor(longestGapMs: number) {
    this.#longestGapMs = longestGapMs;
  }

  /** An echo came back. */
  heard(nowMs: number): void {
    if (!this.hears(nowMs)) this.#sinceMs = nowMs;
    this.#lastMs = nowMs;
  }

  /** Whether an echo came back of late. */
  hears(nowMs: number): boolean {
    return nowMs - this.#lastMs <= this.#longestGapMs;
  }

  /** Milliseconds of listening without a gap up to now; 0 for the deaf. */
  lastedMs(nowMs: number): number {
    return this.hears(nowMs) ? nowMs - this.#sinceMs : 0;
  }
}
