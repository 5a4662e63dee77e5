import type { Clock } from "../../../core/mod.ts";
import type { MessageBus } from "../../../reference/messagebus/mod.ts";

const everyMs = 10;

/** Looks again and again how many messages the bus says are queued. */
export class QueueGauge {
  readonly #bus: MessageBus;
  #sum = 0;
  #looks = 0;

  constructor(bus: MessageBus, clock: Clock) {
    this.#bus = bus;
    clock.every(everyMs, () => this.#look());
  }

  /** The mean since the last call. */
  take(): number {
    this.#look();
    const mean = this.#sum / this.#looks;
    [this.#sum, this.#looks] = [0, 0];
    return mean;
  }

  #look(): void {
    this.#sum += this.#bus.stats().ledger.queued;
    this.#looks += 1;
  }
}
