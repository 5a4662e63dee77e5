import { seededRandom, type Clock, type Timer } from "../../core/mod.ts";
import type { RedisOptions } from "./engine.ts";
import type { Reply } from "./reply.ts";
import { RedisServer } from "./server.ts";

/** Time that moves when a test says so. */
export class TestClock implements Clock {
  #nowMs = 0;
  #timers: { readonly atMs: number; readonly run: () => void; readonly everyMs: number | undefined }[] = [];

  now(): number {
    return this.#nowMs;
  }

  unixMs(): number {
    return 1_700_000_000_000 + this.#nowMs;
  }

  after(delayMs: number, run: () => void): Timer {
    return this.#add(delayMs, run, undefined);
  }

  every(periodMs: number, run: () => void): Timer {
    return this.#add(periodMs, run, periodMs);
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.after(delayMs, resolve));
  }

  advance(byMs: number): void {
    const endMs = this.#nowMs + byMs;
    for (;;) {
      const next = this.#timers.filter(({ atMs }) => atMs <= endMs).toSorted((one, other) => one.atMs - other.atMs)[0];
      if (!next) break;
      this.#nowMs = next.atMs;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      if (next.everyMs !== undefined) this.#add(next.everyMs, next.run, next.everyMs);
      next.run();
    }
    this.#nowMs = endMs;
  }

  #add(delayMs: number, run: () => void, everyMs: number | undefined): Timer {
    const timer = { atMs: this.#nowMs + delayMs, run, everyMs };
    this.#timers.push(timer);
    return { cancel: () => (this.#timers = this.#timers.filter((each) => each.run !== run)) };
  }
}

/** A client that keeps what it gets. */
export interface TestClient {
  /** The reply to a command, given as one text; nothing while it waits. */
  run(words: string): Reply | undefined;
  send(...words: string[]): Reply | undefined;
  /** Replies in the order in which they came. */
  readonly replies: Reply[];
  readonly messages: Reply[];
  close(): void;
}

/** A client of a server. */
export function clientOf(server: RedisServer): TestClient {
  const messages: Reply[] = [];
  const replies: Reply[] = [];
  const session = server.connect((message) => messages.push(message));
  const send = (...words: string[]): Reply | undefined => {
    let answer: Reply | undefined;
    session.execute(words, (reply) => {
      answer = reply;
      replies.push(reply);
    });
    return answer;
  };
  return { send, run: (words) => send(...words.split(" ")), replies, messages, close: () => session.close() };
}

/** A server on a clock of its own, and a first client. */
export function testServer(options: Partial<RedisOptions> = {}): {
  readonly server: RedisServer;
  readonly clock: TestClock;
  readonly client: TestClient;
} {
  const clock = new TestClock();
  const server = new RedisServer({ clock, random: seededRandom(1), ...options });
  return { server, clock, client: clientOf(server) };
}
