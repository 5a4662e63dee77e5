import type { BusConfiguration } from "../../../capacity/mod.ts";
import type { Ledger } from "../../../reference/messagebus/mod.ts";

/** What a bus process is started with. */
export interface BusSetup {
  /** Origin of the clock that both processes share: `process.hrtime.bigint()` in text. */
  readonly originNs: string;
  readonly configuration: BusConfiguration;
  readonly seed: string;
}

/** What the harness tells a bus process. Those with a number are answered, with the same number. */
export type BusOrder =
  /** These messages, by index of message and of topic, were sent at this moment. */
  | { readonly publish: PublishOrder }
  /** Begins a record for so many messages. */
  | { readonly ask: number; readonly open: { readonly messages: number } }
  | { readonly ask: number; readonly mark: true }
  /** Waits until every accepted message has ended, and gives the record. */
  | { readonly ask: number; readonly settle: { readonly withinMs: number } }
  /** Lets nothing through, fills every queue, and weighs it. */
  | { readonly ask: number; readonly fill: true }
  /** Lets everything through for so long while all queues are full, and counts. */
  | { readonly ask: number; readonly drain: { readonly forMs: number } };

/** Messages that are due. */
export interface PublishOrder {
  readonly messages: readonly number[];
  readonly topics: readonly number[];
  readonly sentAtMs: number;
}

/** An answer of a bus process. */
export type BusAnswer =
  | { readonly ready: true }
  | { readonly answer: number; readonly value: unknown }
  | { readonly answer: number; readonly error: string };

/** The bus process at one moment. */
export interface Mark {
  readonly atMs: number;
  /** User and system, of all threads. */
  readonly cpuMs: number;
  /** Mean number of queued messages since the mark before, from the bus's own gauge. */
  readonly meanQueued: number;
}

/** What happened to each message of a window; NaN where it did not. */
export interface WindowRecord {
  readonly sentAtMs: Float64Array;
  readonly acceptedAtMs: Float64Array;
  /** A worker has it. */
  readonly takenAtMs: Float64Array;
  /** Its work begins: at once, or where handlers burn the CPU, when it is free. */
  readonly startedAtMs: Float64Array;
  readonly endedAtMs: Float64Array;
  /** -1 where it never came to a shard. */
  readonly shard: Int16Array;
  readonly refused: number;
  /** The bus's own word. */
  readonly ledger: Ledger;
}

/** Queues filled to the brim. */
export interface FillReport {
  readonly messages: number;
  readonly bytes: number;
  readonly payloadBytes: number;
}

/** What came out of full queues. */
export interface DrainReport {
  /** With something queued on every shard; missing where the queues ran empty before a rate could be told. */
  readonly deliveredPerSecond?: number;
  readonly serviceMs: number;
  /** Accepted, and neither delivered nor given back. */
  readonly missing: number;
}
