import { Command as WireCommand, Redis as Client, ReplyError, type RedisOptions } from "ioredis";

import type { Clock, Random, Timer } from "../../../core/mod.ts";
import { OutcomeUnknown, Unavailable, type Command } from "../../ports/mod.ts";

/** What a connection is made of, and whom it tells. */
export interface ConnectionParts {
  /** `redis://…`, or `rediss://…` for TLS. */
  readonly url: string;
  /** Shown by `CLIENT LIST`. */
  readonly name: string;
  readonly commandTimeoutMs: number;
  readonly clock: Clock;
  readonly random: Random;
  /** It can be used from now on: for the first time, or again. */
  onReady(connection: Connection): void;
  /** It was ready, and is no longer. */
  onLost(connection: Connection): void;
  /** An attempt to connect failed, or the socket broke. There will be another attempt. */
  onTrouble(error: Error): void;
}

/**
 * One connection to Redis, which comes back by itself for as long as it is not closed.
 *
 * Nothing is ever sent twice, and nothing is kept for later: a command that finds the connection down is refused
 * with {@link Unavailable}, and one that was sent and not answered rejects with {@link OutcomeUnknown}.
 */
export class Connection {
  readonly #client: Client;
  readonly #parts: ConnectionParts;
  #corked = false;
  #closed = false;
  #wasReady = false;
  #revival: Timer | undefined;
  #sent = 0;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#client = new Client(parts.url, clientOptions(parts));
    this.#client.on("ready", () => this.#becomeReady());
    this.#client.on("close", () => this.#becomeLost());
    this.#client.on("error", (error: Error) => parts.onTrouble(error));
    this.#client.on("end", () => this.#reviveLater());
  }

  /** Whether a command could be sent at this moment. */
  get ready(): boolean {
    return this.#client.status === "ready" && !this.#closed;
  }

  /** Commands that wait for their answer. */
  get inFlight(): number {
    return this.#client.commandQueue.length;
  }

  /** How many commands it has sent in its life. */
  get sent(): number {
    return this.#sent;
  }

  /** @param timeoutMs - for a caller that has spent a part of its time already. @defaultValue the command timeout */
  send(command: Command, timeoutMs?: number): Promise<unknown> {
    if (!this.ready) return Promise.reject(new Unavailable("Redis"));
    const [name, ...args] = command;
    const wire = new WireCommand(name, args, text);
    this.#sent += 1;
    this.#gather();
    if (timeoutMs === undefined) {
      this.#client.sendCommand(wire);
      return wire.promise.catch(this.#fail);
    }
    wire.setTimeout(timeoutMs);
    this.#client.sendCommand(wire);
    return wire.promise.catch(failAs);
  }

  /** Lets what is in flight be answered, within the command timeout, and closes for good. */
  async close(): Promise<void> {
    const answered = this.ready ? this.send(["PING"]) : undefined;
    this.#closed = true;
    this.#revival?.cancel();
    // Answers come in order, so with this one all are here. Without it there is nothing left to wait for.
    await answered?.catch(() => undefined);
    this.#client.disconnect();
    this.#breakSocket();
  }

  /** Everything that is sent before the event loop turns goes out as one write. */
  #gather(): void {
    if (this.#corked) return;
    this.#corked = true;
    const { stream } = this.#client;
    stream.cork();
    process.nextTick(() => {
      this.#corked = false;
      stream.uncork();
    });
  }

  /** A connection that was silent for the whole timeout may be so for minutes: a new one finds out at once. */
  readonly #fail = (thrown: Error): never => {
    if (thrown.message === timedOut) this.#breakSocket();
    return failAs(thrown);
  };

  #breakSocket(): void {
    // Not there while the very first attempt to connect has not begun.
    (this.#client.stream as Client["stream"] | undefined)?.destroy();
  }

  #becomeReady(): void {
    this.#wasReady = true;
    this.#parts.onReady(this);
  }

  #becomeLost(): void {
    if (!this.#wasReady || this.#closed) return;
    this.#wasReady = false;
    this.#parts.onLost(this);
  }

  /** ioredis gives up for good in a few cases (after QUIT; when a connect is interrupted). We never do. */
  #reviveLater(): void {
    if (this.#closed) return;
    this.#revival = this.#parts.clock.after(backoffMs(1, this.#parts.random), () => {
      // What it rejects with has been emitted as an `error`, and the next `end` brings us back here.
      this.#client.connect().catch(() => undefined);
    });
  }
}

const text = { replyEncoding: "utf8" } as const;

/** Messages of ioredis 6. */
const neverLeft = "Stream isn't writeable";
const timedOut = "Command timed out";

/** Says what the failure of a command that was handed to ioredis means for the caller. */
function failAs(thrown: Error): never {
  if (thrown instanceof ReplyError) throw refused.test(thrown.message) ? new Unavailable("Redis", thrown) : thrown;
  if (thrown.message.startsWith(neverLeft)) throw new Unavailable("Redis", thrown);
  throw new OutcomeUnknown("Redis", thrown);
}

/** Error replies that say: not now, and nothing was done. */
const refused = /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|NOREPLICAS|TRYAGAIN|BUSY|OOM|MISCONF|NOAUTH) ?/;

const backoffFirstMs = 25;
const backoffMaxMs = 1_000;

/** Doubles from 25 ms up to a second, less up to a half by chance. */
function backoffMs(attempt: number, random: Random): number {
  const full = Math.min(backoffMaxMs, backoffFirstMs * 2 ** Math.min(attempt - 1, 10));
  return full * (0.5 + random.next() / 2);
}

function clientOptions({ name, commandTimeoutMs, random }: ConnectionParts) {
  return {
    // Nothing here needs RESP3, and without HELLO and SETINFO a connection is ready one round trip earlier.
    protocol: 2,
    disableClientInfo: true,
    connectionName: name,
    // The default resends unanswered writes after a reconnect: 20 INCRs became 40. `false` alone leaves their
    // promises hanging in 6.0.0; with no retries allowed they reject as soon as the socket closes.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // The default keeps commands, without a limit, until the connection is back.
    enableOfflineQueue: false,
    commandTimeout: commandTimeoutMs,
    connectTimeout: commandTimeoutMs,
    // How long a closing socket may linger when the other side does not answer.
    disconnectTimeout: 100,
    retryStrategy: (attempt: number) => backoffMs(attempt, random),
    // A server that has become a replica: the address may lead to the new primary by now.
    reconnectOnError: (error: Error) => error.message.startsWith("READONLY"),
    // It takes a stack trace for each command.
    showFriendlyErrorStack: false,
  } satisfies RedisOptions;
}
