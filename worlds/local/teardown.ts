type Step = () => Promise<void> | void;

/** Ends what was begun, last things first, each of them whatever becomes of the others. */
export class Teardown {
  readonly #steps: Step[] = [];
  readonly #failures: unknown[] = [];
  #running: Promise<void> | undefined;

  /** What must be done at the end; at once, if the end is here already. */
  add(step: Step): void {
    this.#steps.push(step);
    if (this.#running) this.#running = this.#running.catch(() => undefined).then(() => this.#runSteps());
  }

  /**
   * Takes every step, once.
   *
   * @throws what the first step threw that failed; when several did, all of it in an AggregateError.
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
      }
    }
    if (this.#failures.length > 1) throw new AggregateError(this.#failures, "several things could not be ended");
    if (this.#failures.length === 1) throw this.#failures[0] as Error;
  }
}
