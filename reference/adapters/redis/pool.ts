import type { Clock, Timer } from "../../../core/mod.ts";
import { Unavailable, type Command, type Log, type Metrics } from "../../ports/mod.ts";
import type { ConnectionParts, DialRedis, RedisConnection } from "./redis-connection.ts";
import { Waiters } from "./waiters.ts";

/** What a pool is made of. */
export interface PoolParts extends Omit<ConnectionParts, "onReady" | "onLost" | "onTrouble"> {
  readonly dial: DialRedis;
  /** Most connections. */
  readonly size: number;
  /** Connections that stay open when there is nothing to do. */
  readonly minIdle: number;
  /** A connection above {@link minIdle} is closed after this long without a command. @defaultValue 5 minutes */
  readonly idleAfterMs?: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "set">;
}

/** With this many commands in flight a connection is busy. Fewer connections with more on each batch better. */
const busyAt = 32;
/** And with this many it takes no more: Redis is far behind. */
const inFlightMax = 1_024;
/** Callers that may wait for a first connection. */
const waitersMax = 1_024;
const idleAfterDefaultMs = 300_000;
const sweepMs = 1_000;

/** A few connections to one Redis: the first that is not busy is used, and another is opened only when all are. */
export class Pool {
  readonly #parts: PoolParts;
  readonly #waiters: Waiters;
  readonly #sweep: Timer;
  readonly #idle = new Map<RedisConnection, { sent: number; sinceMs: number }>();
  #connections: RedisConnection[] = [];
  #closed = false;

  constructor(parts: PoolParts) {
    this.#parts = parts;
    this.#waiters = new Waiters(parts.clock, waitersMax);
    this.#open();
    this.#sweep = parts.clock.every(sweepMs, () => this.#tidy());
  }

  /** Sends one command. It settles within `timeoutMs`, even when there is no connection yet. */
  send(command: Command, timeoutMs?: number): Promise<unknown> {
    const connection = this.#pick();
    if (connection) return connection.send(command, timeoutMs);
    return this.#whenReady((first, leftMs) => first.send(command, leftMs), timeoutMs);
  }

  /** Sends several commands in order over one connection, as one write. */
  sendAll(commands: readonly Command[]): Promise<unknown[]> {
    const connection = this.#pick();
    if (connection) return Promise.all(commands.map((command) => connection.send(command)));
    return this.#whenReady((first, leftMs) => Promise.all(commands.map((command) => first.send(command, leftMs))));
  }

  count(): { connections: number; idle: number; limit: number } {
    const open = this.#connections.filter((connection) => connection.ready);
    const idle = open.filter((connection) => connection.inFlight === 0);
    return { connections: open.length, idle: idle.length, limit: this.#parts.size };
  }

  /** Refuses new commands, waits for the answers to those in flight, and closes every connection. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#sweep.cancel();
    this.#waiters.refuse(new Unavailable("Redis (closed)"));
    await Promise.all(this.#connections.map((connection) => connection.close()));
    this.#connections = [];
    this.#measure();
  }

  #pick(): RedisConnection | undefined {
    let least: RedisConnection | undefined;
    let leastInFlight = inFlightMax;
    let allReady = true;
    for (const connection of this.#connections) {
      if (!connection.ready) {
        allReady = false;
        continue;
      }
      const { inFlight } = connection;
      if (inFlight < busyAt) return connection;
      if (inFlight < leastInFlight) [least, leastInFlight] = [connection, inFlight];
    }
    // While one is still coming up, that one is the relief.
    if (allReady) this.#open();
    return least;
  }

  async #whenReady<Reply>(
    use: (connection: RedisConnection, leftMs: number) => Promise<Reply>,
    timeoutMs = this.#parts.commandTimeoutMs,
  ): Promise<Reply> {
    if (this.#closed) throw new Unavailable("Redis (closed)");
    if (this.#connections.some((connection) => connection.ready)) throw new Unavailable("Redis (overloaded)");
    const startedAt = this.#parts.clock.now();
    const connection = await this.#waiters.wait(timeoutMs);
    return use(connection, Math.max(1, startedAt + timeoutMs - this.#parts.clock.now()));
  }

  #open(): void {
    if (this.#closed || this.#connections.length >= this.#parts.size) return;
    const { log } = this.#parts;
    const connection = this.#parts.dial({
      ...this.#parts,
      onReady: (ready) => this.#welcome(ready),
      onLost: () => {
        log.warn("redis connection lost", this.count());
        this.#measure();
      },
      // Each failed attempt of each connection would say the same; the loss has been told already.
      onTrouble: (error) => log.debug("redis connection trouble", { error }),
    });
    this.#connections.push(connection);
  }

  #welcome(connection: RedisConnection): void {
    this.#waiters.serve(connection);
    this.#keepWarm();
    this.#measure();
  }

  #keepWarm(): void {
    while (!this.#closed && this.#connections.length < Math.min(this.#parts.minIdle, this.#parts.size)) this.#open();
  }

  #tidy(): void {
    for (const connection of this.#connections.slice(this.#parts.minIdle || 1)) {
      if (this.#idleMs(connection) >= (this.#parts.idleAfterMs ?? idleAfterDefaultMs)) this.#drop(connection);
    }
    this.#measure();
  }

  #idleMs(connection: RedisConnection): number {
    const now = this.#parts.clock.now();
    const seen = this.#idle.get(connection);
    if (seen && seen.sent === connection.sent && connection.inFlight === 0) return now - seen.sinceMs;
    this.#idle.set(connection, { sent: connection.sent, sinceMs: now });
    return 0;
  }

  #drop(connection: RedisConnection): void {
    this.#idle.delete(connection);
    this.#connections = this.#connections.filter((other) => other !== connection);
    void connection.close();
  }

  #measure(): void {
    const { connections, idle } = this.count();
    this.#parts.metrics.set("poolConnections", connections, { state: "open" });
    this.#parts.metrics.set("poolConnections", idle, { state: "idle" });
  }
}
