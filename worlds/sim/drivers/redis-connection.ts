import type { Timer } from "../../../core/mod.ts";
import {
  isReadOnly,
  meaningOfReply,
  reconnectDelayMs,
  type ConnectionParts,
  type RedisConnection,
} from "../../../reference/adapters/redis/mod.ts";
import { OutcomeUnknown, Unavailable, type Command } from "../../../reference/ports/mod.ts";
import type { Bytes, Connection } from "../../../sim/mod.ts";
import type { RealmNetwork } from "../replica/realm-network.ts";
import {
  aboutCommands,
  readReply,
  RedisReplyError,
  sizeOfCommand,
  wireCommand,
  type RedisAnswer,
} from "./redis-wire.ts";

/** A command that waits for its answer. */
interface Waiting {
  readonly dueMs: number;
  /** Whether its silence means that the whole connection is silent. */
  readonly breaks: boolean;
  /** Nothing once it was given up; its answer still has to come. */
  settle: ((reply: unknown) => void) | undefined;
  readonly fail: (error: Error) => void;
}

const ping: readonly Bytes[] = ["PING"];

/** A connection to Redis over the simulated network: what ioredis does for the plane, with the same meanings. */
export class SimRedisConnection implements RedisConnection {
  readonly #parts: ConnectionParts;
  readonly #network: RealmNetwork;
  #line: Connection | undefined;
  #isUp = false;
  #closed = false;
  #attempts = 0;
  #sent = 0;
  #queue: Waiting[] = [];
  #outgoing: (readonly Bytes[])[] = [];
  #watch: Timer | undefined;
  #watchMs = 0;
  #revival: Timer | undefined;

  constructor(parts: ConnectionParts, network: RealmNetwork) {
    this.#parts = parts;
    this.#network = network;
    this.#connect();
  }

  get ready(): boolean {
    return this.#isUp && !this.#closed;
  }

  get inFlight(): number {
    return this.#queue.length;
  }

  get sent(): number {
    return this.#sent;
  }

  send(command: Command, timeoutMs?: number): Promise<unknown> {
    if (!this.ready) return Promise.reject(new Unavailable("Redis"));
    this.#sent += 1;
    return this.#ask(wireCommand(command), timeoutMs ?? this.#parts.commandTimeoutMs, timeoutMs === undefined);
  }

  async close(): Promise<void> {
    const answered = this.ready ? this.send(["PING"]) : undefined;
    this.#closed = true;
    this.#revival?.cancel();
    // Answers come in order, so with this one all are here. Without it there is nothing left to wait for.
    await answered?.catch(() => undefined);
    this.#drop("closed by us");
  }

  #connect(): void {
    this.#attempts += 1;
    const line = this.#network.connect(new URL(this.#parts.url).hostname, {
      opened: () => this.#greet(),
      received: (message) => this.#hear(message as RedisAnswer),
      closed: (reason) => this.#broke(line, reason),
    });
    this.#line = line;
    this.#watchFor(this.#parts.clock.now() + this.#parts.commandTimeoutMs);
  }

  /** A connection is good for something when Redis has answered on it, not before. */
  #greet(): void {
    this.#ask(ping, this.#parts.commandTimeoutMs, true).then(
      () => {
        this.#attempts = 0;
        this.#isUp = true;
        this.#parts.onReady(this);
      },
      // The connection is broken then, and tells so itself.
      () => undefined,
    );
  }

  #ask(command: readonly Bytes[], timeoutMs: number, breaks: boolean): Promise<unknown> {
    const dueMs = this.#parts.clock.now() + timeoutMs;
    this.#watchFor(dueMs);
    if (this.#outgoing.length === 0) process.nextTick(this.#flush);
    this.#outgoing.push(command);
    return new Promise((resolve, reject) => {
      this.#queue.push({ dueMs, breaks, settle: resolve, fail: reject });
    });
  }

  /** Everything that is sent before the event loop turns goes out as one write. */
  readonly #flush = (): void => {
    const commands = this.#outgoing;
    if (commands.length === 0) return;
    this.#outgoing = [];
    const bytes = commands.reduce((sum, command) => sum + sizeOfCommand(command), 0);
    this.#line?.send({ commands }, bytes, aboutCommands(commands));
  };

  #hear({ replies }: RedisAnswer): void {
    for (const reply of replies) {
      const waiting = this.#queue.shift();
      if (!waiting) throw new Error("Redis answered what nobody asked");
      const value = readReply(reply);
      if (!(value instanceof RedisReplyError)) waiting.settle?.(value);
      else if (waiting.settle) waiting.fail(meaningOfReply(value));
      if (value instanceof RedisReplyError && isReadOnly(value)) return this.#drop("the server is a replica");
    }
  }

  /** One timer for all that wait: it looks at them when the first may be overdue. */
  #watchFor(dueMs: number): void {
    if (this.#watch && this.#watchMs <= dueMs) return;
    this.#watch?.cancel();
    this.#watchMs = dueMs;
    this.#watch = this.#parts.clock.after(dueMs - this.#parts.clock.now(), () => this.#look());
  }

  #look(): void {
    this.#watch = undefined;
    const nowMs = this.#parts.clock.now();
    if (this.#line && !this.#line.isOpen) return this.#drop("connect timed out");
    for (const waiting of this.#queue) {
      if (waiting.settle && waiting.dueMs <= nowMs) {
        if (waiting.breaks) return this.#drop("Command timed out");
        waiting.settle = undefined;
        waiting.fail(new OutcomeUnknown("Redis", new Error("Command timed out")));
      }
    }
    const waiting = this.#queue.filter(({ settle }) => settle);
    if (waiting.length > 0) this.#watchFor(Math.min(...waiting.map(({ dueMs }) => dueMs)));
  }

  #broke(line: Connection, reason: string): void {
    if (line === this.#line) this.#lost(reason);
  }

  #drop(why: string): void {
    this.#line?.close();
    this.#lost(why);
  }

  /** What was not answered by now may have happened. */
  #lost(why: string): void {
    this.#line = undefined;
    const wasUp = this.#isUp;
    this.#isUp = false;
    this.#watch?.cancel();
    this.#watch = undefined;
    this.#outgoing = [];
    const trouble = new Error(why);
    for (const { settle, fail } of this.#queue.splice(0)) if (settle) fail(new OutcomeUnknown("Redis", trouble));
    if (this.#closed) return;
    this.#parts.onTrouble(trouble);
    if (wasUp) this.#parts.onLost(this);
    const delayMs = reconnectDelayMs(Math.max(1, this.#attempts), this.#parts.random);
    this.#revival = this.#parts.clock.after(delayMs, () => this.#connect());
  }
}
