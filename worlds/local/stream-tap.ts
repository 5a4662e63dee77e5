import { DeliverPolicy, jetstream, JetStreamApiCodes, JetStreamApiError, jetstreamManager } from "@nats-io/jetstream";
import type { ConsumerMessages, JetStreamClient, JetStreamManager, JsMsg } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";

import { EnvironmentError, messageOf, type Clock, type Witness } from "../../core/mod.ts";
import { decodePacket } from "../../reference/domain/packets.ts";
import { streams } from "../../reference/domain/subjects.ts";

/** Sees every dispatch that the bus has stored, whoever stored it. */
export interface StreamTap {
  /**
   * Waits until the tap has seen what the stream holds by now. A plane that made no stream dispatched nothing.
   *
   * @throws EnvironmentError `tap_behind` when it has not within this long.
   */
  catchUp(withinMs: number): Promise<void>;
  close(): Promise<void>;
}

const stream = streams.jobs.name;
const retryAfterMs = 100;

/**
 * Reads the stream of jobs from its beginning, with an ephemeral consumer that disturbs nobody, and writes down each
 * dispatch at the time that the stream stored it. It may be opened before the stream is there.
 */
export async function openStreamTap(natsUrl: string, clock: Clock, witness: Witness): Promise<StreamTap> {
  const connection = await connect({ servers: natsUrl, maxReconnectAttempts: -1, noAsyncTraces: true });
  const reader = new Reader(jetstream(connection), clock, witness);
  const reading = reader.run();
  return {
    async catchUp(withinMs) {
      const last = await lastSequence(await jetstreamManager(connection, { checkAPI: false }));
      const deadline = clock.now() + withinMs;
      while (reader.sequence < last) {
        if (clock.now() > deadline) throw behind(last - reader.sequence, reader.failure);
        await clock.sleep(5);
      }
    },
    async close() {
      reader.stop();
      await connection.close();
      await reading;
    },
  };
}

class Reader {
  /** Last sequence number seen. */
  sequence = 0;
  /** Why the last consumer ended. */
  failure: unknown;
  readonly #client: JetStreamClient;
  readonly #clock: Clock;
  readonly #witness: Witness;
  readonly #unixOriginMs: number;
  readonly #stopped = new AbortController();
  #messages: ConsumerMessages | undefined;

  constructor(client: JetStreamClient, clock: Clock, witness: Witness) {
    this.#client = client;
    this.#clock = clock;
    this.#witness = witness;
    this.#unixOriginMs = clock.unixMs() - clock.now();
  }

  /** Reads on, with a new consumer whenever one cannot be had or ends, until it is stopped. */
  async run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      try {
        await this.#consume();
      } catch (thrown) {
        // Usually there is no stream yet. Whatever it was, `catchUp` tells it if it lasts.
        this.failure = thrown;
      }
      await this.#clock.sleep(retryAfterMs, this.#stopped.signal);
    }
  }

  stop(): void {
    this.#stopped.abort();
    this.#messages?.stop();
  }

  async #consume(): Promise<void> {
    const consumer = await this.#client.consumers.get(stream, {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: this.sequence + 1,
    });
    this.#messages = await consumer.consume();
    for await (const message of this.#messages) this.#see(message);
  }

  #see(message: JsMsg): void {
    if (message.seq <= this.sequence) return;
    const { subject, seq: sequence } = message;
    const packet = decodePacket("dispatch", message.string());
    if (packet) {
      const { job_id: job, epoch } = packet.payload;
      this.#witness.record({ kind: "dispatch", at: this.#storedAt(message), job, epoch, subject, sequence });
    }
    this.sequence = sequence;
  }

  /** The server's wall clock is this machine's: it says when, though the tap may be late. */
  #storedAt(message: JsMsg): number {
    return Math.max(0, Math.min(this.#clock.now(), Number(message.timestampNanos) / 1e6 - this.#unixOriginMs));
  }
}

async function lastSequence(manager: JetStreamManager): Promise<number> {
  try {
    return (await manager.streams.info(stream)).state.last_seq;
  } catch (thrown) {
    if (thrown instanceof JetStreamApiError && thrown.code === JetStreamApiCodes.StreamNotFound) return 0;
    throw thrown;
  }
}

function behind(missing: number, cause: unknown): EnvironmentError {
  const reason = cause === undefined ? "" : `: ${messageOf(cause)}`;
  return new EnvironmentError(
    "tap_behind",
    `${missing} stored messages were not seen, and a second dispatch could hide among them${reason}`,
    "run it again on a quieter machine, or with less load",
    cause,
  );
}
