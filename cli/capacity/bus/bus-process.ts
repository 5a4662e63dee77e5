import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";

import { EnvironmentError, type Clock } from "../../../core/mod.ts";
import type {
  BusAnswer,
  BusOrder,
  BusSetup,
  DrainReport,
  FillReport,
  Mark,
  PublishOrder,
  WindowRecord,
} from "./bus-messages.ts";

/** TypeScript from the tree, JavaScript from a published package. */
const entry = join(import.meta.dirname, `bus-main${extname(import.meta.filename)}`);

/** An answer that takes longer than what was asked for, by this much, will not come. */
const patienceMs = 30_000;

/** How a bus process is started. */
export interface BusStart {
  readonly setup: BusSetup;
  readonly clock: Clock;
  /** Kills the process, and with it everything that waits for an answer. */
  readonly signal: AbortSignal;
}

/**
 * The real bus in a process of its own. It ends with this object, with the signal, or with the process that started
 * it, however that one ends: it exits when the pipe to it breaks.
 */
export class BusProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #exited: Promise<unknown>;
  #lastAsk = 0;

  private constructor(child: ChildProcess, exited: Promise<unknown>) {
    this.#child = child;
    this.#exited = exited;
    child.on("message", (answer: BusAnswer) => this.#take(answer));
    void exited.then(() => this.#failAll());
  }

  /** @throws EnvironmentError `bus_process` when it does not come up */
  static async start({ setup, signal }: BusStart): Promise<BusProcess> {
    const child = fork(entry, [JSON.stringify(setup)], {
      serialization: "advanced",
      execArgv: ["--expose-gc"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      signal,
      killSignal: "SIGKILL",
    });
    // An abort is told by whoever aborted; a process that cannot be started is told by its exit.
    child.on("error", () => undefined);
    const exited = new Promise((resolve) => void child.once("exit", resolve));
    const bus = new BusProcess(child, exited);
    await Promise.race([once(child, "message"), exited.then(() => fail("did not come up"))]);
    signal.throwIfAborted();
    return bus;
  }

  publish(order: PublishOrder): void {
    this.#send({ publish: order });
  }

  async open(messages: number): Promise<void> {
    await this.#ask((ask) => ({ ask, open: { messages } }));
  }

  mark(): Promise<Mark> {
    return this.#ask((ask) => ({ ask, mark: true }));
  }

  settle(withinMs: number): Promise<WindowRecord> {
    return this.#ask((ask) => ({ ask, settle: { withinMs } }), withinMs);
  }

  fill(): Promise<FillReport> {
    return this.#ask((ask) => ({ ask, fill: true }));
  }

  drain(forMs: number): Promise<DrainReport> {
    return this.#ask((ask) => ({ ask, drain: { forMs } }), forMs);
  }

  /** Threads of the process, from Linux's process table; undefined elsewhere. */
  threads(): number | undefined {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, "utf8");
      return Number(/^Threads:\s+(\d+)/m.exec(status)?.[1]);
    } catch {
      // Only Linux has such a file; the figure is then left out.
      return undefined;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#exited;
  }

  async #ask<Answer>(order: (ask: number) => BusOrder, forMs = 0): Promise<Answer> {
    const ask = ++this.#lastAsk;
    const answer = Promise.withResolvers<unknown>();
    this.#waiting.set(ask, answer);
    const timer = setTimeout(() => answer.reject(silent(forMs)), forMs + patienceMs);
    try {
      this.#send(order(ask));
      return (await answer.promise) as Answer;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(ask);
    }
  }

  #send(order: BusOrder): void {
    this.#child.send(order, (error) => {
      if (error) this.#failAll();
    });
  }

  #take(answer: BusAnswer): void {
    if ("ready" in answer) return;
    const waiting = this.#waiting.get(answer.answer);
    if ("error" in answer) waiting?.reject(new Error(`the bus process: ${answer.error}`));
    else waiting?.resolve(answer.value);
  }

  #failAll(): void {
    for (const { reject } of this.#waiting.values()) reject(gone("ended before it answered"));
  }
}

function fail(what: string): never {
  throw gone(what);
}

function gone(what: string): EnvironmentError {
  return new EnvironmentError("bus_process", `The bus process ${what}`, "read what it printed above, and try again");
}

function silent(forMs: number): EnvironmentError {
  return gone(`gave no answer for ${forMs + patienceMs} ms`);
}
