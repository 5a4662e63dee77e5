import type { Clock, Random, Timer } from "../../../core/mod.ts";
import { natsPatience } from "../../../reference/adapters/nats/mod.ts";
import type { Connection, NatsMessage } from "../../../sim/mod.ts";
import type { RealmNetwork } from "../replica/realm-network.ts";
import { aboutLines, sizeOfLines, type NatsAnswer, type NatsRequest } from "./nats-wire.ts";

/** Whom a line to NATS tells. */
export interface NatsListener {
  /** It is up: for the first time, or again. What is sent now goes first. */
  onUp(again: boolean): void;
  onDown(): void;
  onMessage(sid: string, message: NatsMessage): void;
  onError(reason: string): void;
}

/** What a line is made of. */
export interface NatsLineParts {
  readonly network: RealmNetwork;
  readonly clock: Clock;
  readonly random: Random;
  readonly name: string;
  /** The server's host on the simulated network. */
  readonly host: string;
  readonly listener: NatsListener;
}

/**
 * A line to NATS that comes back for ever, and pings: what `@nats-io/nats-core` 3.4 does below its calls.
 *
 * As there, what is sent while the line is down is kept until the next attempt to connect begins, and what is sent
 * during an attempt follows when it succeeds.
 */
export class NatsLine {
  readonly #parts: NatsLineParts;
  readonly #first = Promise.withResolvers<void>();
  #connection: Connection | undefined;
  #info: { readonly version: string; readonly jetstream: boolean } | undefined;
  #isUp = false;
  #wasUp = false;
  #closed = false;
  #outgoing: NatsRequest[] = [];
  #pongs: PromiseWithResolvers<void>[] = [];
  #attemptedMs = 0;
  #unansweredPings = 0;
  #timer: Timer | undefined;

  constructor(parts: NatsLineParts) {
    this.#parts = parts;
    this.#dial();
  }

  get info(): { readonly version: string; readonly jetstream: boolean } | undefined {
    return this.#info;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Resolves when the line is up for the first time; rejects when the first attempt fails. */
  get opened(): Promise<void> {
    return this.#first.promise;
  }

  send(line: NatsRequest): void {
    if (this.#outgoing.push(line) === 1) process.nextTick(this.#flush);
  }

  /** Resolves when the server has answered a ping that follows what was sent so far. Rejects when none can come. */
  ping(): Promise<void> {
    if (this.#closed) return Promise.reject(new Error("the connection is closed"));
    const pong = Promise.withResolvers<void>();
    this.#pongs.push(pong);
    this.send({ op: "PING" });
    return pong.promise;
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#flush();
    this.#connection?.close();
    this.#connection = undefined;
    this.#rejectPongs();
    this.#first.reject(new Error("closed"));
  }

  #dial(): void {
    const { network, clock, host } = this.#parts;
    this.#outgoing = [];
    this.#rejectPongs();
    this.#attemptedMs = clock.now();
    const connection = network.connect(host, {
      received: (message) => this.#hear(message as readonly NatsAnswer[]),
      closed: (reason) => connection === this.#connection && this.#lost(`connection ${reason}`),
    });
    this.#connection = connection;
    this.#timer = clock.after(natsPatience.connectMs, () => this.#hangUp("timeout"));
  }

  readonly #flush = (): void => {
    if (!this.#isUp || this.#outgoing.length === 0) return;
    const lines = this.#outgoing;
    this.#outgoing = [];
    this.#write(lines);
  };

  #write(lines: readonly NatsRequest[]): void {
    this.#connection?.send(lines, sizeOfLines(lines), aboutLines(lines));
  }

  #hear(answers: readonly NatsAnswer[]): void {
    for (const answer of answers) {
      if (!this.#connection) return;
      if (answer.op === "MSG") this.#parts.listener.onMessage(answer.sid, answer.message);
      else if (answer.op === "PONG") this.#pong();
      else if (answer.op === "INFO") this.#greet(answer);
      else this.#parts.listener.onError(answer.reason);
    }
  }

  #greet({ version, jetstream }: Extract<NatsAnswer, { op: "INFO" }>): void {
    this.#info = { version, jetstream };
    this.#write([{ op: "CONNECT", name: this.#parts.name }, { op: "PING" }]);
  }

  #pong(): void {
    if (!this.#isUp) return this.#become();
    this.#unansweredPings = 0;
    this.#pongs.shift()?.resolve();
  }

  #become(): void {
    const kept = this.#outgoing;
    this.#outgoing = [];
    this.#isUp = true;
    this.#timer?.cancel();
    this.#unansweredPings = 0;
    this.#schedulePing();
    this.#parts.listener.onUp(this.#wasUp);
    this.#wasUp = true;
    this.#outgoing.push(...kept);
    this.#flush();
    this.#first.resolve();
  }

  #schedulePing(): void {
    this.#timer = this.#parts.clock.after(natsPatience.pingIntervalMs, () => {
      if (this.#unansweredPings === natsPatience.maxPingOut) return this.#hangUp("stale connection");
      this.#unansweredPings += 1;
      this.#pongs.push(unheard());
      this.send({ op: "PING" });
      this.#schedulePing();
    });
  }

  #hangUp(why: string): void {
    this.#connection?.close();
    this.#lost(why);
  }

  #lost(why: string): void {
    if (this.#closed) return;
    this.#connection = undefined;
    this.#info = undefined;
    this.#timer?.cancel();
    const wasUp = this.#isUp;
    this.#isUp = false;
    if (wasUp) this.#parts.listener.onDown();
    if (this.#wasUp) this.#redial();
    else {
      this.#closed = true;
      this.#first.reject(new Error(why));
    }
  }

  /** At once, when the last attempt was long enough ago. */
  #redial(): void {
    const { clock, random } = this.#parts;
    const { reconnectWaitMs, reconnectJitterMs } = natsPatience;
    const dueMs = this.#attemptedMs + reconnectWaitMs + random.int(reconnectJitterMs);
    this.#timer = clock.after(Math.max(0, dueMs - clock.now()), () => this.#dial());
  }

  #rejectPongs(): void {
    for (const pong of this.#pongs.splice(0)) pong.reject(new Error("connection disconnected"));
  }
}

/** A pong that nobody waits for: that it never comes is told by the pings that follow. */
function unheard(): PromiseWithResolvers<void> {
  const pong = Promise.withResolvers<void>();
  // The line that breaks tells of it.
  pong.promise.catch(() => undefined);
  return pong;
}
