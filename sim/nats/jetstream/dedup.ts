import type { Clock } from "../../../core/mod.ts";

interface Seen {
  readonly id: string;
  readonly sequence: number;
  readonly atMs: number;
}

/** The message ids of the last while. An id within the window is not stored again. */
export class DedupWindow {
  readonly #clock: Clock;
  readonly #byId = new Map<string, Seen>();
  #windowMs: number;

  constructor(clock: Clock, windowMs: number) {
    this.#clock = clock;
    this.#windowMs = windowMs;
  }

  resize(windowMs: number): void {
    this.#windowMs = windowMs;
  }

  /** The sequence number under which this id was stored. */
  find(id: string): number | undefined {
    this.#forgetOld();
    return this.#byId.get(id)?.sequence;
  }

  /** @param agoMs - how long ago it came: more than nothing after a restart */
  add(id: string, sequence: number, agoMs = 0): void {
    if (this.#windowMs <= 0 || agoMs >= this.#windowMs) return;
    this.#byId.set(id, { id, sequence, atMs: this.#clock.now() - agoMs });
  }

  /** The oldest come first, since none is ever moved. */
  #forgetOld(): void {
    const oldestMs = this.#clock.now() - this.#windowMs;
    for (const { id, atMs } of this.#byId.values()) {
      if (atMs > oldestMs) return;
      this.#byId.delete(id);
    }
  }
}
