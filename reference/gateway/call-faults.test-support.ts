/** What happens to one call of a port: it fails before it acts, or its reply is lost, or it waits. */
interface CallFault {
  readonly call: string;
  readonly before?: () => Promise<void>;
  readonly lostReply?: Error;
}

/** Faults on port calls, each named like `jobs.create` and struck once. */
export class CallFaults {
  readonly #waiting: CallFault[] = [];

  /** The next such call fails without having acted. */
  fail(call: string, error: Error): void {
    this.#waiting.push({ call, before: () => Promise.reject(error) });
  }

  /** The next such call acts, and then fails all the same. */
  loseReply(call: string, error: Error): void {
    this.#waiting.push({ call, lostReply: error });
  }

  /** The next such call waits for its release before it acts. */
  hold(call: string): { readonly reached: Promise<void>; release(): void } {
    const reached = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const before = (): Promise<void> => {
      reached.resolve();
      return released.promise;
    };
    this.#waiting.push({ call, before });
    return { reached: reached.promise, release: () => released.resolve() };
  }

  /** The same port with the faults on its asynchronous calls. */
  on<Port extends object>(name: string, port: Port): Port {
    const calls = Object.entries(port).map(([method, act]) => [
      method,
      (...args: unknown[]) =>
        this.#strike(`${name}.${method}`, () => (act as (...args: unknown[]) => unknown)(...args)),
    ]);
    return Object.fromEntries(calls) as Port;
  }

  async #strike(call: string, act: () => unknown): Promise<unknown> {
    const index = this.#waiting.findIndex((fault) => fault.call === call);
    const [fault] = index < 0 ? [] : this.#waiting.splice(index, 1);
    await fault?.before?.();
    const answer = await act();
    if (fault?.lostReply) throw fault.lostReply;
    return answer;
  }
}
