import { messageOf } from "../../core/mod.ts";
import type { Log } from "../ports/mod.ts";

/** Work that was started and that nobody waits for, except the shutdown. */
export class Background {
  readonly #log: Log;
  readonly #running = new Set<Promise<void>>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** Lets it run. A failure is logged: whatever runs here heals by itself. */
  run(what: string, work: Promise<unknown>): void {
    const noted = this.#note(what, work);
    this.#running.add(noted);
    void noted.then(() => this.#running.delete(noted));
  }

  /** Resolves when nothing runs any more. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async #note(what: string, work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (thrown) {
      this.#log.warn("background work failed", { what, because: messageOf(thrown) });
    }
  }
}
