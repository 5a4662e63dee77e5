import { connect, type Socket } from "node:net";

import { seededRandom } from "../../../core/mod.ts";
import { NatsServer, WireClient } from "../../../sim/mod.ts";
import { VirtualClock } from "./virtual-clock.ts";
import { FrameReader, type Frame } from "./frames.ts";

/** One of the two that are compared: a client's connection to a server. */
export interface Arm {
  /** What the server has said and nobody has taken yet. */
  readonly frames: Frame[];
  send(bytes: string): void;
  /** Waits until it has said so much, and for what it says on top of that at once. */
  settle(count: number): Promise<void>;
  close(): void;
}

const maxPayload = 1_048_576;
const hello = 'CONNECT {"verbose":false,"pedantic":false,"headers":true,"no_responders":true}\r\n';

/** The engine, through its own protocol, in memory; time passes only when it has to. */
export class EngineArm implements Arm {
  readonly frames: Frame[] = [];
  readonly clock = new VirtualClock();
  readonly #client: WireClient;
  readonly #reader = new FrameReader();

  constructor(seed = "conformance") {
    const engine = new NatsServer({
      clock: this.clock,
      random: seededRandom(seed),
      version: process.env["NV"] ?? "2.9.10",
    });
    const wire = {
      write: (bytes: string) => void this.frames.push(...this.#reader.read(bytes).filter(isOfInterest)),
      end: () => void this.frames.push({ what: "END", to: "" }),
    };
    this.#client = new WireClient(engine, wire, { clock: this.clock, maxPayload, info: {} });
    this.send(hello);
  }

  send(bytes: string): void {
    this.#client.receive(bytes);
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    this.#client.closed();
  }
}

const defaultSettleWithinMs = 5_000;
const roundTrips = 3;

/** A real server. */
export class ServerArm implements Arm {
  readonly frames: Frame[] = [];
  readonly #socket: Socket;
  readonly #settleWithinMs: number;
  readonly #reader = new FrameReader();
  #pongs = 0;
  #heard = Promise.withResolvers<void>();

  /** @param settleWithinMs - how long it may take to say something that is awaited */
  static async open(port: number, settleWithinMs = defaultSettleWithinMs): Promise<ServerArm> {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    await new Promise<void>((resolve, reject) => void socket.once("connect", resolve).once("error", reject));
    return new ServerArm(socket, settleWithinMs);
  }

  constructor(socket: Socket, settleWithinMs: number) {
    this.#socket = socket;
    this.#settleWithinMs = settleWithinMs;
    socket.setEncoding("latin1");
    socket.on("data", (bytes) => this.#hear(this.#reader.read(String(bytes))));
    socket.on("close", () => this.#hear([{ what: "END", to: "" }]));
    socket.on("error", () => socket.destroy());
    this.send(hello);
  }

  send(bytes: string): void {
    this.#socket.write(bytes, "latin1");
  }

  async settle(count: number): Promise<void> {
    const deadline = performance.now() + this.#settleWithinMs;
    while (this.frames.length < count && performance.now() < deadline) await this.#hears(deadline);
    for (let trip = 0; trip < roundTrips && !this.#socket.destroyed; trip++) {
      const wanted = this.#pongs + 1;
      this.send("PING\r\n");
      while (this.#pongs < wanted && performance.now() < deadline) await this.#hears(deadline);
    }
  }

  close(): void {
    this.#socket.destroy();
  }

  #hear(frames: readonly Frame[]): void {
    this.#pongs += frames.filter(({ what }) => what === "PONG").length;
    if (this.#socket.destroyed) this.#pongs = Infinity;
    this.frames.push(...frames.filter(isOfInterest));
    this.#heard.resolve();
    this.#heard = Promise.withResolvers();
  }

  async #hears(deadline: number): Promise<void> {
    const timer = setTimeout(() => this.#heard.resolve(), Math.max(1, deadline - performance.now()));
    await this.#heard.promise;
    clearTimeout(timer);
  }
}

function isOfInterest({ what }: Frame): boolean {
  return what !== "INFO" && what !== "PING" && what !== "PONG" && what !== "";
}
