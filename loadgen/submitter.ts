import { ms, type Clock, type Random, type Witness } from "../core/mod.ts";
import type { HttpClient } from "./http-client.ts";
import type { Load } from "./load.ts";
import { isWorthResending, submitOutcome, type SubmitOutcome } from "./outcome.ts";
import type { Tally } from "./tally.ts";
import { takeTurns } from "./turns.ts";

/** A gateway, ready to be sent to. */
export interface OpenGateway {
  readonly id: string;
  readonly client: HttpClient;
}

/** What all submitters of a run share. */
export interface SubmitterContext {
  readonly gateways: readonly OpenGateway[];
  readonly apiKey: (client: string) => string;
  readonly clock: Clock;
  readonly random: Random;
  readonly witness: Witness;
  readonly signal: AbortSignal;
  /** Unique numbers for operations. */
  readonly nextId: () => number;
  readonly tally: Pick<Tally, "done">;
}

/** Sends one operation, in the way of its load. Resolves when its outcome is as clear as it will get. */
export type Submit = (intendedAt: number) => Promise<void>;

const defaultTopic = "job.default";
const resendsMax = 5;
const resendDelayMs = 50;

/**
 * How a load's operations are sent: to which gateway, under which key, and how often.
 *
 * @throws UsageError when the load's split does not fit the gateways, or a duration cannot be read.
 */
export function submitter(load: Load, context: SubmitterContext): Submit {
  const { gateways, random } = context;
  const send = sender(load, context);
  const turn = takeTurns(gateways.length, load.split);
  const keys = random.fork(`keys/${load.name}`);
  switch (load.idempotency ?? "none") {
    case "none":
      return async (intendedAt) => void (await send(inTurn(gateways, turn()), intendedAt));
    case "race":
      return async (intendedAt) => {
        const key = keys.id();
        await Promise.all(gateways.map((gateway) => send(gateway, intendedAt, key)));
      };
    case "resend":
      return (intendedAt) => resend(send, turn(), intendedAt, keys.id(), context);
  }
}

type Send = (gateway: OpenGateway, intendedAt: number, key?: string) => Promise<SubmitOutcome>;

/** Sends the same submission to one gateway after the other until one answers for it, a little slower each time. */
async function resend(
  send: Send,
  first: number,
  intendedAt: number,
  key: string,
  context: SubmitterContext,
): Promise<void> {
  for (let round = 0; round <= resendsMax && !context.signal.aborted; round++) {
    if (round > 0) await context.clock.sleep(resendDelayMs * 2 ** (round - 1), context.signal);
    const outcome = await send(inTurn(context.gateways, first + round), intendedAt, key);
    if (!isWorthResending(outcome)) return;
  }
}

/** Sends one request, and writes down what became of it. */
function sender(load: Load, context: SubmitterContext): Send {
  const { clock, witness } = context;
  const client = load.client ?? "load";
  const headers = { "content-type": "application/json", "x-api-key": context.apiKey(client) };
  const job = { topic: load.topic ?? defaultTopic, payload: { workMs: ms(load.work ?? "0ms") } };
  const timeoutMs = ms(load.timeout ?? "5s");
  return async (gateway, intendedAt, key) => {
    const named = key === undefined ? {} : { idempotencyKey: key };
    const body = JSON.stringify(key === undefined ? job : { ...job, idempotency_key: key });
    const sentAt = clock.now();
    const result = await gateway.client.request({ method: "POST", path: "/api/v1/jobs", headers, body, timeoutMs });
    const outcome = submitOutcome(result);
    const operation = { id: context.nextId(), load: load.name, via: gateway.id, client, intendedAt, sentAt };
    witness.record({ kind: "op", op: "submit", ...operation, ...named, ...outcome });
    context.tally.done(outcome);
    return outcome;
  };
}

function inTurn(gateways: readonly OpenGateway[], turn: number): OpenGateway {
  const gateway = gateways[turn % gateways.length];
  if (!gateway) throw new Error(`no gateway has turn ${turn}`);
  return gateway;
}
