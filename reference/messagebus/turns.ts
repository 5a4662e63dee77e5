import type { Clock } from "../../core/mod.ts";

/** After so long, a bus that is as busy as this lets the rest of the process have its turn. */
const turnMs = 20;
const busyTakesPerMs = 25;

/**
 * Shares the event loop. Handlers that never wait settle in microtasks, one after the other, and a full backlog of
 * them would hold up every timer and socket of the process. Handlers that do wait give turns by themselves, and are not
 * held up here: nobody starts 25,000 of those in a second.
 */
export class Turns {
  readonly #clock: Clock;
  readonly #goOn: () => void;
  #sinceMs: number;
  #taken = 0;
  #waits = false;

  /** @param goOn - called when it is the bus's turn again */
  constructor(clock: Clock, goOn: () => void) {
    this.#clock = clock;
    this.#goOn = goOn;
    this.#sinceMs = clock.now();
  }

  /** Whether one more message may be taken now. */
  mayTake(nowMs: number): boolean {
    if (this.#waits) return false;
    const elapsedMs = nowMs - this.#sinceMs;
    if (elapsedMs >= turnMs) {
      if (this.#taken >= busyTakesPerMs * elapsedMs) return this.#wait();
      this.#begin(nowMs);
    }
    this.#taken += 1;
    return true;
  }

  #begin(nowMs: number): void {
    this.#sinceMs = nowMs;
    this.#taken = 0;
  }

  #wait(): false {
    this.#waits = true;
    this.#clock.after(0, () => {
      this.#waits = false;
      this.#begin(this.#clock.now());
      this.#goOn();
    });
    return false;
  }
}
