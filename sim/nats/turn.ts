/**
 * One thing after the other: what a call sets off is done before the call returns, but never inside of it.
 *
 * Whoever is given a message may call the server again at once; that only adds to what is still to be done.
 */
export class Turn {
  readonly #next: (() => void)[] = [];
  readonly #outgoing: (() => void)[] = [];
  #depth = 0;
  #isSettling = false;

  /** Does something, and then all that follows from it. */
  run(work: () => void): void {
    this.#depth += 1;
    try {
      work();
    } finally {
      this.#depth -= 1;
      if (this.#depth === 0 && !this.#isSettling) this.#settle();
    }
  }

  /** Does something once what is being done is done. */
  later(work: () => void): void {
    this.#next.push(work);
  }

  /** Hands something to a client: the server's own work comes first. */
  send(work: () => void): void {
    this.#outgoing.push(work);
  }

  #settle(): void {
    this.#isSettling = true;
    try {
      for (;;) {
        const work = this.#next.shift() ?? this.#outgoing.shift();
        if (!work) return;
        work();
      }
    } finally {
      this.#isSettling = false;
    }
  }
}
