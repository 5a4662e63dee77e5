import type { Status } from "@nats-io/nats-core";

/** What a client has to say of its connection, until it is closed for good. One reader. */
export class StatusQueue implements AsyncIterable<Status> {
  readonly #waiting: Status[] = [];
  #ended = false;
  #wake: (() => void) | undefined;

  push(status: Status): void {
    this.#waiting.push(status);
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Status> {
    for (;;) {
      const status = this.#waiting.shift();
      if (status) yield status;
      else if (this.#ended) return;
      else await new Promise<void>((resolve) => void (this.#wake = resolve));
    }
  }
}
