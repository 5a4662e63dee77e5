import type { Clock, HttpClient, Random, Witness } from "../core/mod.ts";
import type { OperationOutcome } from "./outcome.ts";
import type { Tally } from "./tally.ts";

/** A gateway, ready to be sent to. */
export interface OpenGateway {
  readonly id: string;
  readonly client: HttpClient;
}

/** What everyone who sends operations in a run shares. */
export interface SendContext {
  readonly gateways: readonly OpenGateway[];
  readonly apiKey: (client: string) => string;
  readonly clock: Clock;
  readonly random: Random;
  readonly witness: Witness;
  readonly signal: AbortSignal;
  /** Unique numbers for operations. */
  readonly nextId: () => number;
  readonly tally: Pick<Tally, "done" | "started">;
}

/** Sends one request, under an idempotency key or none, and writes down what became of it. */
export type Send = (gateway: OpenGateway, intendedAt: number, key?: string) => Promise<OperationOutcome>;
