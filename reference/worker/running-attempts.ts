/** Why an attempt was told to stop. */
export type Ending = "cancelled" | "shutdown";

/** An attempt that a worker has in hand. */
export class RunningAttempt {
  readonly job: string;
  readonly #controller = new AbortController();
  #ending: Ending | undefined;

  constructor(job: string) {
    this.job = job;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why it is to stop; undefined as long as it may go on. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** Tells it to stop. The first reason counts. */
  end(why: Ending): void {
    this.#ending ??= why;
    this.#controller.abort(new Error(`the attempt is over: ${this.#ending}`));
  }
}

/** The attempts that a worker has in hand. */
export class RunningAttempts {
  readonly #running = new Set<RunningAttempt>();

  get count(): number {
    return this.#running.size;
  }

  begin(job: string): RunningAttempt {
    const attempt = new RunningAttempt(job);
    this.#running.add(attempt);
    return attempt;
  }

  over(attempt: RunningAttempt): void {
    this.#running.delete(attempt);
  }

  cancel(job: string): void {
    for (const attempt of this.#running) if (attempt.job === job) attempt.end("cancelled");
  }

  shutDown(): void {
    for (const attempt of this.#running) attempt.end("shutdown");
  }
}
