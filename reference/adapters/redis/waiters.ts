import type { Clock } from "../../../core/mod.ts";
import { Unavailable } from "../../ports/mod.ts";
import type { RedisConnection } from "./redis-connection.ts";

interface Waiter {
  resolve(connection: RedisConnection): void;
  reject(error: Error): void;
}

/** Callers that came before there was a connection: so many and no more, each for so long and no longer. */
export class Waiters {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #waiting = new Set<Waiter>();

  constructor(clock: Clock, limit: number) {
    this.#clock = clock;
    this.#limit = limit;
  }

  /** The next connection that becomes ready. Rejects with `Unavailable` after the timeout, or when too many wait. */
  wait(timeoutMs: number): Promise<RedisConnection> {
    if (this.#waiting.size >= this.#limit) return Promise.reject(new Unavailable("Redis"));
    return new Promise((resolve, reject) => {
      const settle = <Value>(how: (value: Value) => void) => {
        return (value: Value): void => {
          timer.cancel();
          this.#waiting.delete(waiter);
          how(value);
        };
      };
      const waiter = { resolve: settle(resolve), reject: settle(reject) };
      const timer = this.#clock.after(timeoutMs, () => waiter.reject(new Unavailable("Redis")));
      this.#waiting.add(waiter);
    });
  }

  serve(connection: RedisConnection): void {
    for (const waiter of this.#waiting) waiter.resolve(connection);
  }

  refuse(error: Error): void {
    for (const waiter of this.#waiting) waiter.reject(error);
  }
}
