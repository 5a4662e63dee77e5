import type { Ledger } from "../../../reference/messagebus/mod.ts";
import type { WindowRecord } from "./bus-messages.ts";

/** Writes down what becomes of each message of a window, by its index. */
export class Recorder {
  readonly #sentAtMs: Float64Array;
  readonly #acceptedAtMs: Float64Array;
  readonly #takenAtMs: Float64Array;
  readonly #startedAtMs: Float64Array;
  readonly #endedAtMs: Float64Array;
  readonly #shard: Int16Array;
  #refused = 0;
  #accepted = 0;
  #ended = 0;

  constructor(messages: number) {
    const times = (): Float64Array => new Float64Array(messages).fill(Number.NaN);
    [this.#sentAtMs, this.#acceptedAtMs, this.#takenAtMs] = [times(), times(), times()];
    [this.#startedAtMs, this.#endedAtMs] = [times(), times()];
    this.#shard = new Int16Array(messages).fill(-1);
  }

  /** Messages that were accepted and have not ended. */
  get underWay(): number {
    return this.#accepted - this.#ended;
  }

  accepted(message: number, sentAtMs: number, atMs: number, shard: number): void {
    this.#sentAtMs[message] = sentAtMs;
    this.#acceptedAtMs[message] = atMs;
    this.#shard[message] = shard;
    this.#accepted += 1;
  }

  refused(message: number, sentAtMs: number, shard: number | undefined): void {
    this.#sentAtMs[message] = sentAtMs;
    this.#shard[message] = shard ?? -1;
    this.#refused += 1;
  }

  /** A worker took it: the bus no longer has it in a queue. */
  taken(message: number, atMs: number): void {
    this.#takenAtMs[message] = atMs;
  }

  /** Its work began. */
  started(message: number, atMs: number): void {
    this.#startedAtMs[message] = atMs;
  }

  ended(message: number, atMs: number): void {
    this.#endedAtMs[message] = atMs;
    this.#ended += 1;
  }

  record(ledger: Ledger): WindowRecord {
    return {
      sentAtMs: this.#sentAtMs,
      acceptedAtMs: this.#acceptedAtMs,
      takenAtMs: this.#takenAtMs,
      startedAtMs: this.#startedAtMs,
      endedAtMs: this.#endedAtMs,
      shard: this.#shard,
      refused: this.#refused,
      ledger,
    };
  }
}
