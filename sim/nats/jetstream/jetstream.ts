import type { Clock, Random } from "../../../core/mod.ts";
import type { NatsMessage, NatsOptions } from "../engine.ts";
import { statusBlock } from "../headers.ts";
import { quirksOf } from "../quirks.ts";
import type { Router } from "../router.ts";
import { collide } from "../subjects.ts";
import { acknowledge, readAckSubject } from "./acknowledge.ts";
import { Advisories } from "./advisories.ts";
import type { ApiResponse, StreamKeeper } from "./api-request.ts";
import { answerApi } from "./api.ts";
import type { NatsDisk } from "./disk-image.ts";
import { diskOf } from "./disk.ts";
import { restoreConsumer } from "./make-consumer.ts";
import type { StreamConfig } from "./stream-config.ts";
import { Stream, type StreamHome } from "./stream.ts";
import { takePull } from "./take-pull.ts";

/** What JetStream needs of its server. */
export interface JetStreamOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly router: Router;
  readonly version: string;
  readonly flushAfterMs: number;
  readonly replicasMax: number;
  readonly stored: NatsOptions["stored"];
}

const ackTokens = 9;
const leadershipChange = statusBlock("409 Leadership Change");
const noLimits = {
  max_memory: -1,
  max_storage: -1,
  max_streams: -1,
  max_consumers: -1,
  max_ack_pending: -1,
  memory_max_stream_bytes: -1,
  storage_max_stream_bytes: -1,
  max_bytes_required: false,
};

/** The streams of a server, and its answers on `$JS.>`. */
export class JetStream implements StreamKeeper {
  readonly streams = new Map<string, Stream>();
  readonly advisories: Advisories;
  readonly replicasMax: number;
  /** There is no leader: nothing is stored, and every call but one is refused. */
  unavailable = false;
  #waiting: readonly string[] = [];
  readonly #home: StreamHome;
  #calls = 0;
  #errors = 0;

  constructor({ clock, random, router, version, flushAfterMs, replicasMax, stored }: JetStreamOptions) {
    this.advisories = new Advisories(router, random.fork("advisories"), () => clock.unixMs());
    this.replicasMax = replicasMax;
    this.#home = {
      ...{ clock, router, flushAfterMs, stored, quirks: quirksOf(version), advisories: this.advisories },
      random: random.fork("jetstream"),
    };
  }

  /** Brings back what is on disk. */
  restore({ streams }: NatsDisk): void {
    for (const kept of streams) {
      const stream = new Stream(kept.config, this.#home, kept);
      for (const consumer of kept.consumers) restoreConsumer(stream, consumer);
      this.#open(stream);
    }
  }

  /** Stops at this instruction. @returns what is on disk then */
  halt(): NatsDisk {
    const disk = diskOf(this.streams.values(), this.#home.clock);
    for (const stream of this.streams.values()) stream.close();
    this.streams.clear();
    return disk;
  }

  /** Does nothing more until there is a leader. Consumers go back to what the others know of them. */
  suspend(): void {
    this.unavailable = true;
    const consumers = [...this.streams.values()].flatMap((stream) => [...stream.consumers.values()]);
    this.#waiting = consumers.flatMap(({ requests }) => requests.takeAll().map(({ reply }) => reply));
    for (const consumer of consumers) consumer.rewind();
    for (const stream of this.streams.values()) stream.close();
  }

  /** Goes on under a new leader. */
  resume({ tellsWaiting }: { tellsWaiting: boolean }): void {
    this.unavailable = false;
    for (const stream of this.streams.values()) stream.open();
    const told = tellsWaiting ? this.#waiting : [];
    this.#waiting = [];
    for (const reply of told) this.#home.router.publish({ subject: reply, headers: leadershipChange, payload: "" });
  }

  /** Writes down everything. */
  flush(): void {
    for (const { consumers } of this.streams.values()) {
      for (const { saved, progress } of consumers.values()) saved.flush(progress);
    }
  }

  /**
   * Takes a message on `$JS.>`: a call, a pull request, an answer to a delivery.
   *
   * @returns whether it was for JetStream: a client is not told that nobody listens then
   */
  take(message: NatsMessage): boolean {
    const tokens = message.subject.split(".");
    if (tokens[1] === "ACK") return this.#takeAck(message, tokens);
    if (tokens[1] !== "API") return false;
    if (tokens[2] === "CONSUMER" && tokens[3] === "MSG" && tokens[4] === "NEXT") this.#takePull(message, tokens);
    else this.#answer(message, tokens);
    return true;
  }

  addStream(config: StreamConfig): Stream {
    const stream = new Stream(config, this.#home);
    this.#open(stream);
    this.advisories.streamIs("create", config.name);
    return stream;
  }

  deleteStream(stream: Stream): void {
    this.streams.delete(stream.name);
    for (const consumer of stream.consumers.values()) {
      this.advisories.consumerIs("delete", stream.name, consumer.name);
      stream.endConsumer(consumer);
    }
    stream.close();
    this.advisories.streamIs("delete", stream.name);
  }

  /** Whether another stream takes in some of the same subjects. */
  overlaps({ name, subjects }: StreamConfig): boolean {
    const others = [...this.streams.values()].filter((stream) => stream.name !== name);
    return others.some(({ config }) => config.subjects.some((one) => subjects.some((other) => collide(one, other))));
  }

  account(): ApiResponse {
    const streams = [...this.streams.values()];
    const bytesIn = (storage: string): number => {
      const kept = streams.filter(({ config }) => config.storage === storage);
      return kept.reduce((sum, { store }) => sum + store.bytes, 0);
    };
    return {
      memory: bytesIn("memory"),
      storage: bytesIn("file"),
      streams: streams.length,
      consumers: streams.reduce((sum, { consumers }) => sum + consumers.size, 0),
      limits: noLimits,
      api: { total: this.#calls, errors: this.#errors },
    };
  }

  #open(stream: Stream): void {
    this.streams.set(stream.name, stream);
    stream.open();
  }

  #answer({ reply, payload }: NatsMessage, tokens: readonly string[]): void {
    const { response, isError } = answerApi({ jetstream: this, tokens, body: payload });
    this.#calls += 1;
    if (isError) this.#errors += 1;
    if (reply !== undefined) this.#home.router.publish({ subject: reply, payload: response });
  }

  /** Asking a consumer that does not exist is answered with silence. */
  #takePull({ reply, payload }: NatsMessage, tokens: readonly string[]): void {
    const consumer = this.streams.get(tokens[5] ?? "")?.consumers.get(tokens.slice(6).join("."));
    if (consumer && reply !== undefined && !this.unavailable) takePull(consumer, reply, payload);
  }

  #takeAck({ reply, payload }: NatsMessage, tokens: readonly string[]): boolean {
    const consumer = this.streams.get(tokens[2] ?? "")?.consumers.get(tokens[3] ?? "");
    if (!consumer || tokens.length !== ackTokens || this.unavailable) return false;
    acknowledge(consumer, readAckSubject(tokens), payload, reply);
    return true;
  }
}
