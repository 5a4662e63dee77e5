import { messageOf } from "../../core/mod.ts";

type Step = () => Promise<void> | void;

/** Ends what was begun, last things first, each of them whatever becomes of the others. */
export class Teardown {
  readonly #steps: Step[] = [];
  readonly #failures: unknown[] = [];
  readonly #progress: (line: string) => void;
  #running: Promise<void> | undefined;

  /** @param progress - told a line about each step that fails */
  constructor(progress: (line: string) => void = () => undefined) {
    this.#progress = progress;
  }

  /** What must be done at the end; at once, if the end is here already. */
  add(step: Step): void {
    this.#steps.push(step);
    const runAgain = (): Promise<void> => this.#runSteps();
    this.#running = this.#running?.then(runAgain, runAgain);
  }

  /**
   * Takes every step, once.
   *
   * @throws what the first step threw that failed: the others mostly fail for its sake.
   */
  run(): Promise<void> {
    this.#running ??= this.#runSteps();
    return this.#running;
  }

  async #runSteps(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step();
      } catch (thrown) {
        this.#failures.push(thrown);
        this.#progress(`could not be ended: ${messageOf(thrown)}`);
      }
    }
    if (this.#failures.length > 0) throw this.#failures[0] as Error;
  }
}
