import type { Realm } from "./realm.ts";

interface Waiting {
  readonly realm: Realm | undefined;
  /** Lets whoever waits go on; nothing while the work is not done. */
  goOn: (() => void) | undefined;
}

/** What happens in real time, and who waits for it while virtual time stands still. */
export class Outside {
  readonly #waiting: Waiting[] = [];

  get isBusy(): boolean {
    return this.#waiting.length > 0;
  }

  wait<Value>(work: Promise<Value>, realm: Realm | undefined): Promise<Value> {
    const waiting: Waiting = { realm, goOn: undefined };
    this.#waiting.push(waiting);
    return new Promise((resolve, reject) => {
      work.then(
        (value) => (waiting.goOn = () => resolve(value)),
        (error: Error) => (waiting.goOn = () => reject(error)),
      );
    });
  }

  /**
   * The next one that can go on, taken out: in the order in which they began to wait, whichever work is done first.
   * Nothing while the first of them has to wait.
   */
  next(): Waiting | undefined {
    return this.#waiting[0]?.goOn ? this.#waiting.shift() : undefined;
  }
}
