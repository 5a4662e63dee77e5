import { seededRandom } from "../../core/mod.ts";
import { NatsCluster, type NatsClusterOptions } from "./cluster.ts";
import type { NatsEngine, NatsMessage, NatsOptions, NatsSession } from "./engine.ts";
import { NatsServer } from "./server.ts";
import { VirtualClock } from "../../test/conformance/nats/virtual-clock.ts";

/** A server with a clock that stands still, and a client of it. */
export function server(options: Partial<NatsOptions> = {}): {
  clock: VirtualClock;
  nats: NatsServer;
  client: TestClient;
} {
  const clock = new VirtualClock();
  const nats = new NatsServer({ clock, random: seededRandom("test"), ...options });
  return { clock, nats, client: new TestClient(nats) };
}

/** A cluster of three, and a client of one node. */
export function cluster(options: Partial<NatsClusterOptions> = {}): { clock: VirtualClock; nats: NatsCluster } {
  const clock = new VirtualClock();
  return { clock, nats: new NatsCluster({ clock, random: seededRandom("test"), ...options }) };
}

/** What a server answers. */
export type Json = Readonly<Record<string, unknown>>;

/** A client that remembers what it heard. */
export class TestClient {
  readonly heard: NatsMessage[] = [];
  readonly session: NatsSession;
  #requests = 0;

  constructor(nats: NatsEngine) {
    this.session = nats.connect({ deliver: (_, message) => void this.heard.push(message) });
    this.session.subscribe("answers", "_ANSWER.*");
    this.session.subscribe("pulled", "_PULL.>");
  }

  /** What the server answers to a request; nothing when it does not at once. */
  ask(subject: string, body: unknown = "", headers?: string): NatsMessage | undefined {
    const reply = `_ANSWER.${++this.#requests}`;
    const payload = typeof body === "string" ? body : JSON.stringify(body);
    this.session.publish({ subject, reply, payload, ...(headers === undefined ? {} : { headers }) });
    const place = this.heard.findIndex((message) => message.subject === reply);
    return place < 0 ? undefined : this.heard.splice(place, 1)[0];
  }

  /** A call of JetStream's API. */
  call(name: string, body?: unknown): Json {
    return JSON.parse(this.ask(`$JS.API.${name}`, body)?.payload ?? "{}") as Json;
  }

  /** Makes a stream of the subject `work`, and a consumer of it. */
  prepare(consumer: object = {}, stream: object = {}): void {
    this.call("STREAM.CREATE.WORK", { name: "WORK", subjects: ["work"], ...stream });
    const config = { durable_name: "c", ack_policy: "explicit", ...consumer };
    this.call("CONSUMER.CREATE.WORK.c", { stream_name: "WORK", config });
  }

  /** Stores a message. @returns the receipt */
  store(payload: string, id?: string): Json {
    const headers = id === undefined ? undefined : `NATS/1.0\r\nNats-Msg-Id: ${id}\r\n\r\n`;
    return JSON.parse(this.ask("work", payload, headers)?.payload || "{}") as Json;
  }

  pull(request: object): void {
    const payload = JSON.stringify(request);
    this.session.publish({ subject: "$JS.API.CONSUMER.MSG.NEXT.WORK.c", reply: "_PULL.1", payload });
  }

  answer(message: NatsMessage | undefined, payload: string): void {
    this.session.publish({ subject: message!.reply!, payload });
  }

  /** Everything that was heard since the last time. */
  take(): NatsMessage[] {
    return this.heard.splice(0);
  }

  /** The same, as texts: payloads, or statuses. */
  texts(): string[] {
    return this.take().map(({ payload, headers = "" }) => payload || (headers.split("\r\n")[0] ?? ""));
  }

  info(): Json {
    return this.call("CONSUMER.INFO.WORK.c");
  }
}
