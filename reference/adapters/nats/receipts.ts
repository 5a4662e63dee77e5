import type { Clock, Timer } from "../../../core/mod.ts";
import { OutcomeUnknown, type Receipt } from "../../ports/mod.ts";

/** A publish that waits for its receipt. */
export interface Awaited {
  readonly subject: string;
  readonly dueMs: number;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The receipts that are still to come, by token. All have the same patience, so that the oldest is always due
 * first, and one timer serves them all.
 */
export class Receipts {
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #awaited = new Map<number, Awaited>();
  #nextToken = 0;
  #timer: Timer | undefined;

  constructor(clock: Clock, timeoutMs: number) {
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
  }

  get size(): number {
    return this.#awaited.size;
  }

  /** Awaits a receipt; after the timeout the outcome is unknown. */
  expect(subject: string, resolve: Awaited["resolve"], reject: Awaited["reject"]): number {
    const token = this.#nextToken++;
    this.#awaited.set(token, { subject, dueMs: this.#clock.now() + this.#timeoutMs, resolve, reject });
    this.#timer ??= this.#clock.after(this.#timeoutMs, () => this.#expire());
    return token;
  }

  /** Ends the waiting for this token. Undefined when it is over already: the receipt came too late. */
  take(token: number): Awaited | undefined {
    const awaited = this.#awaited.get(token);
    if (awaited) this.#awaited.delete(token);
    return awaited;
  }

  /** Nothing that is still awaited will come. */
  giveUp(cause: string): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    const lost = [...this.#awaited.values()];
    this.#awaited.clear();
    for (const awaited of lost) awaited.reject(unknown(awaited.subject, cause));
  }

  #expire(): void {
    this.#timer = undefined;
    const nowMs = this.#clock.now();
    for (const [token, awaited] of this.#awaited) {
      if (awaited.dueMs > nowMs) {
        this.#timer = this.#clock.after(awaited.dueMs - nowMs, () => this.#expire());
        return;
      }
      this.#awaited.delete(token);
      awaited.reject(unknown(awaited.subject, `no receipt within ${this.#timeoutMs} ms`));
    }
  }
}

function unknown(subject: string, cause: string): OutcomeUnknown {
  return new OutcomeUnknown(`The stream of ${subject}`, new Error(cause));
}
