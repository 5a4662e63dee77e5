import { NoRespondersError, RequestError, TimeoutError, type Payload, type Status } from "@nats-io/nats-core";
import { Features } from "@nats-io/nats-core/internal";

import type { Clock, Random } from "../../../core/mod.ts";
import type {
  NatsClient,
  NatsMsg,
  NatsPublishOptions,
  NatsSubscription,
} from "../../../reference/adapters/nats/mod.ts";
import { bytesOf, textOf, type Bytes, type NatsMessage } from "../../../sim/mod.ts";
import type { RealmNetwork } from "../replica/realm-network.ts";
import { NatsLine } from "./nats-line.ts";
import { headerBlock, inlineStatus } from "./nats-wire.ts";
import { StatusQueue } from "./status-queue.ts";

/** What a client is made of. */
export interface SimNatsParts {
  readonly network: RealmNetwork;
  readonly clock: Clock;
  readonly random: Random;
  readonly host: string;
  readonly name: string;
}

interface Held {
  readonly subject: string;
  readonly callback: (error: Error | null, message: NatsMsg) => void;
  closed: boolean;
}

interface Asked {
  resolve(message: NatsMsg): void;
  reject(error: Error): void;
}

/** Connects to NATS over the simulated network. Rejects when the first attempt fails. */
export async function connectSimNats(parts: SimNatsParts): Promise<NatsClient> {
  const client = new SimNatsClient(parts);
  await client.opened;
  return client;
}

class SimNatsClient implements NatsClient {
  readonly options = { inboxPrefix: undefined };
  readonly #parts: SimNatsParts;
  readonly #line: NatsLine;
  readonly #status = new StatusQueue();
  readonly #subscriptions = new Map<string, Held>();
  readonly #asked = new Map<string, Asked>();
  #answers: string | undefined;
  #lastSid = 0;
  #lastToken = 0;
  #draining = false;

  constructor(parts: SimNatsParts) {
    this.#parts = parts;
    const server = parts.host;
    this.#line = new NatsLine({
      ...parts,
      listener: {
        onUp: (again) => this.#up(again),
        onDown: () => this.#status.push({ type: "disconnect", server }),
        onMessage: (sid, message) => this.#deliver(sid, message),
        onError: (reason) => this.#status.push({ type: "error", error: new Error(reason) }),
      },
    });
  }

  get opened(): Promise<void> {
    return this.#line.opened;
  }

  get info(): NatsClient["info"] {
    return this.#line.info;
  }

  get features(): Features {
    const [major = 0, minor = 0, micro = 0] = (this.info?.version ?? "0.0.0").split(".").map(Number);
    return new Features({ major, minor, micro });
  }

  publish(subject: string, payload: Payload = "", { reply, headers }: NatsPublishOptions = {}): void {
    if (this.#line.closed) throw new Error("the connection is closed");
    const message: NatsMessage = {
      subject,
      payload: payloadBytes(payload),
      ...(reply === undefined ? {} : { reply }),
      ...(headers ? { headers: headerBlock(headers) } : {}),
    };
    this.#line.send({ op: "PUB", message });
  }

  subscribe(subject: string, { callback }: { callback: Held["callback"] }): NatsSubscription {
    if (this.#line.closed || this.#draining) throw new Error("the connection is closed or draining");
    const sid = `${++this.#lastSid}`;
    const held: Held = { subject, callback, closed: false };
    this.#subscriptions.set(sid, held);
    this.#line.send({ op: "SUB", sid, subject });
    const cancel = (): void => {
      held.closed = true;
      this.#subscriptions.delete(sid);
    };
    const leave = (): void => {
      if (!this.#line.closed && !held.closed) this.#line.send({ op: "UNSUB", sid });
    };
    return {
      unsubscribe() {
        leave();
        cancel();
      },
      drain: () => {
        leave();
        return this.#line.ping().then(cancel, cancel);
      },
      isClosed: () => held.closed,
    };
  }

  request(subject: string, payload: Payload = "", { timeout } = { timeout: 1_000 }): Promise<NatsMsg> {
    this.#answers ??= this.#hearAnswers();
    const token = `${++this.#lastToken}`;
    const reply = `${this.#answers}${token}`;
    return new Promise((resolve, reject) => {
      const timer = this.#parts.clock.after(timeout, () => settle(() => reject(new TimeoutError())));
      const settle = (how: () => void): void => {
        timer.cancel();
        this.#asked.delete(token);
        how();
      };
      const asked: Asked = {
        resolve: (message) => settle(() => resolve(message)),
        reject: (error) => settle(() => reject(error)),
      };
      this.#asked.set(token, asked);
      this.publish(subject, payload, { reply });
    });
  }

  flush(): Promise<void> {
    return this.#line.ping();
  }

  /**
   * As with nats-core 3.4, whose server was taken away: a line that is down does not keep the client from leaving its
   * subscriptions, and it closes when the next attempt to connect succeeds. When that fails, this rejects, and the
   * client is still open.
   */
  async drain(): Promise<void> {
    this.#draining = true;
    if (this.#subscriptions.size > 0) await this.#leaveAll();
    await this.#line.ping();
    await this.close();
  }

  close(): Promise<void> {
    if (!this.#line.closed) {
      this.#line.close();
      this.#status.end();
      this.#forgetSubscriptions();
      for (const asked of this.#asked.values()) asked.reject(new Error("the connection is closed"));
    }
    return Promise.resolve();
  }

  status(): AsyncIterable<Status> {
    return this.#status;
  }

  getServer(): string {
    return this.#parts.host;
  }

  newInbox(): string {
    let name = "_INBOX.";
    for (let length = 0; length < inboxLength; length++) name += this.#parts.random.int(36).toString(36);
    return name;
  }

  async #leaveAll(): Promise<void> {
    for (const sid of this.#subscriptions.keys()) this.#line.send({ op: "UNSUB", sid });
    // What the server sent before has come by then. One that has lost us has forgotten them by itself.
    await this.#line.ping().catch(() => undefined);
    this.#forgetSubscriptions();
  }

  #forgetSubscriptions(): void {
    for (const held of this.#subscriptions.values()) held.closed = true;
    this.#subscriptions.clear();
  }

  #up(again: boolean): void {
    if (!again) return;
    for (const [sid, { subject }] of this.#subscriptions) this.#line.send({ op: "SUB", sid, subject });
    this.#status.push({ type: "reconnect", server: this.#parts.host });
  }

  #deliver(sid: string, message: NatsMessage): void {
    this.#subscriptions.get(sid)?.callback(null, new SimMsg(message, this));
  }

  /** One subscription for the answers to all requests. */
  #hearAnswers(): string {
    const inbox = `${this.newInbox()}.`;
    this.subscribe(`${inbox}*`, {
      callback: (_error, message) => {
        const asked = this.#asked.get(message.subject.slice(inbox.length));
        if (message.headers?.code === 503 && message.data.length === 0) asked?.reject(unheard(message.subject));
        else asked?.resolve(message);
      },
    });
    return inbox;
  }
}

const inboxLength = 22;

function unheard(subject: string): RequestError {
  const cause = new NoRespondersError(subject);
  return new RequestError(cause.message, { cause });
}

/** A message as it came, with its data as whoever asks wants it. */
class SimMsg implements NatsMsg {
  readonly #message: NatsMessage;
  readonly #client: NatsClient;

  constructor(message: NatsMessage, client: NatsClient) {
    this.#message = message;
    this.#client = client;
  }

  get subject(): string {
    return this.#message.subject;
  }

  get reply(): string | undefined {
    return this.#message.reply;
  }

  get data(): Uint8Array {
    return Buffer.from(this.#message.payload, "latin1");
  }

  get headers(): { code: number; description: string } | undefined {
    return this.#message.headers === undefined ? undefined : inlineStatus(this.#message.headers);
  }

  string(): string {
    return textOf(this.#message.payload);
  }

  respond(payload?: Payload): boolean {
    if (this.reply === undefined) return false;
    this.#client.publish(this.reply, payload);
    return true;
  }
}

function payloadBytes(payload: Payload): Bytes {
  return typeof payload === "string" ? bytesOf(payload) : Buffer.from(payload).toString("latin1");
}
