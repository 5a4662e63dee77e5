import { ms } from "../core/mod.ts";
import type { Load } from "./load.ts";
import { isWorthResending, submitOutcome } from "./outcome.ts";
import { runStarter } from "./run-starter.ts";
import type { OpenGateway, Send, SendContext } from "./send.ts";
import { submissionOf } from "./submission.ts";
import { takeTurns } from "./turns.ts";

/** Sends one operation, in the way of its load. Resolves when its outcome is as clear as it will get. */
export type Submit = (intendedAt: number) => Promise<void>;

const resendsMax = 5;
const resendDelayMs = 50;

/**
 * How a load's operations are sent: to which gateway, under which key, and how often.
 *
 * @throws UsageError when the load's split does not fit the gateways, or a duration cannot be read.
 */
export function submitter(load: Load, context: SendContext): Submit {
  const { gateways, random } = context;
  const send = load.workflow ? runStarter(load, load.workflow, context) : sender(load, context);
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

/** Sends the same submission to one gateway after the other until one answers for it, a little slower each time. */
async function resend(send: Send, first: number, intendedAt: number, key: string, context: SendContext): Promise<void> {
  for (let round = 0; round <= resendsMax && !context.signal.aborted; round++) {
    if (round > 0) await context.clock.sleep(resendDelayMs * 2 ** (round - 1), context.signal);
    const outcome = await send(inTurn(context.gateways, first + round), intendedAt, key);
    if (!isWorthResending(outcome)) return;
  }
}

function sender(load: Load, context: SendContext): Send {
  const { clock, witness } = context;
  const client = load.client ?? "load";
  const { path, headers, job, body: unnamed } = submissionOf(load, context.apiKey);
  const timeoutMs = ms(load.timeout ?? "5s");
  return async (gateway, intendedAt, key) => {
    const named = key === undefined ? {} : { idempotencyKey: key };
    const body = key === undefined ? unnamed : JSON.stringify({ ...job, idempotency_key: key });
    const sentAt = clock.now();
    const result = await gateway.client.request({ method: "POST", path, headers, body, timeoutMs });
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
