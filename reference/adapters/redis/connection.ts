import { Command as WireCommand, Redis as Client, ReplyError, type RedisOptions } from "ioredis";

import type { Timer } from "../../../core/mod.ts";
import { OutcomeUnknown, Unavailable, type Command } from "../../ports/mod.ts";
import {
  isReadOnly,
  meaningOfReply,
  reconnectDelayMs,
  type ConnectionParts,
  type RedisConnection,
} from "./redis-connection.ts";

/** A connection by ioredis, on a real socket. */
export function dialRedis(parts: ConnectionParts): RedisConnection {
  return new Connection(parts);
}

class Connection implements RedisConnection {
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

  get ready(): boolean {
    return this.#client.status === "ready" && !this.#closed;
  }

  get inFlight(): number {
    return this.#client.commandQueue.length;
  }

  get sent(): number {
    return this.#sent;
  }

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
    this.#revival = this.#parts.clock.after(reconnectDelayMs(1, this.#parts.random), () => {
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
  if (thrown instanceof ReplyError) throw meaningOfReply(thrown);
  if (thrown.message.startsWith(neverLeft)) throw new Unavailable("Redis", thrown);
  throw new OutcomeUnknown("Redis", thrown);
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
    retryStrategy: (attempt: number) => reconnectDelayMs(attempt, random),
    // A server that has become a replica: the address may lead to the new primary by now.
    reconnectOnError: isReadOnly,
    // It takes a stack trace for each command.
    showFriendlyErrorStack: false,
  } satisfies RedisOptions;
}
