import { connect, type Socket } from "node:net";

import { seededRandom, systemClock } from "../../../core/mod.ts";
import { encodeCommand, encodeReply, RedisServer, type RedisSession } from "../../../sim/mod.ts";
import { readReply } from "./raw-reply.ts";

/** One of the two that are compared: takes commands of several connections, in one order, and gives raw replies. */
export interface Arm {
  /** @returns the reply to each command, as it would go over the wire */
  run(commands: readonly Sent[]): Promise<string[]>;
  /** Begins anew: no keys, no scripts, fresh connections. */
  reset(): Promise<void>;
  close(): void;
}

/** A command, and the connection that it goes over. */
export interface Sent {
  readonly connection: number;
  readonly words: readonly string[];
}

/** How many connections a sequence may use. */
export const connectionCount = 2;

/** The engine. */
export function engineArm(): Arm {
  const random = seededRandom("conformance");
  let sessions: RedisSession[] = [];
  const reset = (): Promise<void> => {
    const server = new RedisServer({ clock: systemClock(), random });
    sessions = Array.from({ length: connectionCount }, () => server.connect(() => undefined));
    return Promise.resolve();
  };
  void reset();
  return {
    reset,
    async run(commands) {
      const replies: string[] = [];
      for (const { connection, words } of commands) replies.push(await answerOf(sessions[connection]!, words));
      return replies;
    },
    close: () => undefined,
  };
}

function answerOf(session: RedisSession, words: readonly string[]): string | Promise<string> {
  let answer: string | undefined;
  let wake: (late: string) => void = () => undefined;
  session.execute(words, (reply) => {
    answer = encodeReply(reply);
    wake(answer);
  });
  return answer ?? new Promise((resolve) => (wake = resolve));
}

/** A real server. */
export async function serverArm(port: number): Promise<Arm> {
  const wires = await Promise.all(Array.from({ length: connectionCount }, () => Wire.connect(port)));
  return {
    async run(commands) {
      const replies: string[] = [];
      for (const group of sameConnection(commands)) {
        replies.push(...(await wires[group[0]!.connection]!.send(group.map(({ words }) => words))));
      }
      return replies;
    },
    async reset() {
      for (const wire of wires) await wire.send([["RESET"]]);
      await wires[0]!.send([["FLUSHALL"], ["SCRIPT", "FLUSH"]]);
    },
    close() {
      for (const wire of wires) wire.close();
    },
  };
}

/** Cuts a sequence where it goes on over another connection: what was sent before must be carried out first. */
function sameConnection(commands: readonly Sent[]): Sent[][] {
  const groups: Sent[][] = [];
  for (const each of commands) {
    const group = groups.at(-1);
    if (group?.[0]?.connection === each.connection) group.push(each);
    else groups.push([each]);
  }
  return groups;
}

const answersWithinMs = 10_000;

/** A connection that shows replies byte for byte. */
export class Wire {
  readonly #socket: Socket;
  #received = "";
  #wake: () => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket.setEncoding("latin1").setNoDelay(true).setTimeout(answersWithinMs);
    socket.on("data", (bytes: string) => {
      this.#received += bytes;
      this.#wake();
    });
    socket.on("timeout", () => socket.destroy());
    for (const event of ["close", "error"]) socket.on(event, () => this.#wake());
  }

  static connect(port: number): Promise<Wire> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1", () => resolve(new Wire(socket)));
      socket.once("error", reject);
    });
  }

  /** Sends all at once, and waits for as many replies. */
  async send(commands: readonly (readonly string[])[]): Promise<string[]> {
    this.write(commands.map(encodeCommand).join(""));
    const replies: string[] = [];
    while (replies.length < commands.length) replies.push(await this.receive());
    return replies;
  }

  write(bytes: string): void {
    this.#socket.write(bytes, "latin1");
  }

  /** The next reply. */
  async receive(): Promise<string> {
    for (;;) {
      const read = readReply(this.#received, 0);
      if (read) {
        this.#received = this.#received.slice(read.end);
        return read.reply.bytes;
      }
      await this.#more();
    }
  }

  /** Everything up to a text, or until the server hangs up. */
  async readUntil(text: string | undefined): Promise<string> {
    const isThere = (): boolean => text !== undefined && this.#received.endsWith(text);
    while (!this.#socket.closed && !isThere()) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#received;
  }

  close(): void {
    this.#socket.destroy();
  }

  async #more(): Promise<void> {
    const before = this.#received.length;
    await new Promise<void>((resolve) => (this.#wake = resolve));
    if (this.#received.length === before) throw new Error(`No reply; so far: ${JSON.stringify(this.#received)}`);
  }
}
