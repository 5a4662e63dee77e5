import type { Clock, Timer } from "../../core/mod.ts";
import type { Bytes } from "../bytes.ts";
import type { NatsClientOptions, NatsEngine, NatsSession } from "./engine.ts";
import { encodeError, encodeMessage, ProtocolError, ProtocolParser, type Operation } from "./protocol.ts";

/** The other side of a client's connection: bytes go there, and it can be ended. */
export interface Wire {
  write(bytes: Bytes): void;
  end(): void;
}

/** How a server speaks to clients on the wire. */
export interface WireOptions {
  readonly clock: Clock;
  readonly maxPayload: number;
  /** What it says of itself first. */
  readonly info: object;
  /** How often a client is asked whether it is still there. @defaultValue 2 minutes */
  readonly pingIntervalMs?: number;
}

const defaultPingIntervalMs = 120_000;
const pingsOutMax = 2;

/** One client that speaks the NATS protocol, and its session with an engine. */
export class WireClient {
  readonly #engine: NatsEngine;
  readonly #wire: Wire;
  readonly #parser: ProtocolParser;
  readonly #pinging: Timer;
  /** The engine looks at it each time: a client may say it again, and differently. */
  readonly #options: Changeable;
  #session: NatsSession | undefined;
  #isVerbose = false;
  #isPedantic = false;
  #pingsOut = 0;
  #isOver = false;

  constructor(engine: NatsEngine, wire: Wire, options: WireOptions) {
    this.#engine = engine;
    this.#wire = wire;
    this.#parser = new ProtocolParser(options.maxPayload);
    this.#pinging = options.clock.every(options.pingIntervalMs ?? defaultPingIntervalMs, () => this.#ping());
    this.#options = {
      ...{ echo: true, headers: false, noResponders: false },
      deliver: (sid, message) => wire.write(encodeMessage(sid, message)),
      complain: (reason) => wire.write(encodeError(reason)),
      closed: (reason) => this.#end(reason),
    };
    wire.write(`INFO ${JSON.stringify(options.info)} \r\n`);
  }

  receive(bytes: Bytes): void {
    if (this.#isOver) return;
    this.#pingsOut = 0;
    try {
      for (const operation of this.#parser.read(bytes)) {
        if (this.#isOver) return;
        this.#obey(operation);
      }
    } catch (thrown) {
      if (!(thrown instanceof ProtocolError)) throw thrown;
      this.#end(thrown.told);
    }
  }

  /** The connection is gone. */
  closed(): void {
    this.#isOver = true;
    this.#pinging.cancel();
    this.#session?.close();
  }

  #obey(operation: Operation): void {
    switch (operation.op) {
      case "CONNECT":
        return this.#connect(operation.options);
      case "PING":
        return this.#wire.write("PONG\r\n");
      case "PONG":
      case "OK":
      case "ERR":
        return;
      case "PUB":
      case "SUB":
      case "UNSUB":
        this.#use(operation);
        if (this.#isVerbose && !this.#isOver) this.#wire.write("+OK\r\n");
    }
  }

  #use(operation: Extract<Operation, { op: "PUB" | "SUB" | "UNSUB" }>): void {
    const session = (this.#session ??= this.#engine.connect(this.#options));
    if (operation.op === "SUB") return session.subscribe(operation.sid, operation.subject, operation.queue);
    if (operation.op === "UNSUB") return session.unsubscribe(operation.sid, operation.max);
    const { message } = operation;
    if (message.headers !== undefined && !this.#options.headers) return this.#end(undefined);
    if (this.#isPedantic && /(^|\.)[*>]?(\.|$)/.test(message.subject)) {
      this.#wire.write(encodeError("Invalid Publish Subject"));
    }
    session.publish(message);
  }

  #connect(json: Bytes): void {
    const options = readOptions(json);
    if (!options) return this.#end(undefined);
    this.#isVerbose = options.verbose === true;
    this.#isPedantic = options.pedantic === true;
    this.#options.echo = options.echo !== false;
    this.#options.headers = options.headers === true;
    this.#options.noResponders = options.no_responders === true;
    if (this.#options.noResponders && !this.#options.headers) {
      return this.#end("no responders requires headers support");
    }
    if (this.#isVerbose) this.#wire.write("+OK\r\n");
  }

  #ping(): void {
    this.#pingsOut += 1;
    if (this.#pingsOut > pingsOutMax) this.#end("Stale Connection");
    else this.#wire.write("PING\r\n");
  }

  #end(told: string | undefined): void {
    if (this.#isOver) return;
    if (told !== undefined) this.#wire.write(encodeError(told));
    this.closed();
    this.#wire.end();
  }
}

type Changeable = { -readonly [Key in keyof NatsClientOptions]: NatsClientOptions[Key] };

interface ConnectOptions {
  readonly echo?: boolean;
  readonly headers?: boolean;
  readonly no_responders?: boolean;
  readonly verbose?: boolean;
  readonly pedantic?: boolean;
}

function readOptions(json: Bytes): ConnectOptions | undefined {
  try {
    return JSON.parse(json) as ConnectOptions;
  } catch {
    // The server closes the connection without a word, too.
    return undefined;
  }
}
