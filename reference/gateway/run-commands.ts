import { encodePacket, type RunCommand } from "../domain/packets.ts";
import { workflowCommandSubject } from "../domain/subjects.ts";
import type { Run } from "../domain/workflow/mod.ts";
import { OutcomeUnknown, Unavailable, type Environment } from "../ports/mod.ts";
import { HttpError } from "./http-error.ts";
import { repeatOnce } from "./repeat-once.ts";

/** What a client wants of a run. */
export type Wish = Pick<RunCommand, "command" | "step">;

/**
 * Puts a client's wish where the workflow engines find it. It is kept there until one of them has carried it out.
 *
 * @throws HttpError `bus_unavailable`: the wish was surely not taken; `outcome_unknown`: nobody can tell
 */
export async function command(env: Environment, run: Run, wish: Wish): Promise<void> {
  // Two requests are two wishes, but one that is repeated here is one.
  const message = messageOf(env, run, wish, `${wish.command}:${run.id}:${env.random.id()}`);
  try {
    await repeatOnce(() => env.bus.publish(message));
  } catch (thrown) {
    throw untaken(thrown) ?? thrown;
  }
}

/** Tells the engines of a run that is stored; when that fails, their reconciler finds it. One message for each run. */
export async function announce(env: Environment, run: Run): Promise<void> {
  try {
    await env.bus.publish(messageOf(env, run, { command: "start" }, `start:${run.id}`));
  } catch (thrown) {
    env.metrics.count("outboxFailed");
    env.log.debug("start of a run left to the reconciler", { run: run.id, because: String(thrown) });
  }
}

function messageOf(
  { instance }: Environment,
  run: Run,
  wish: Wish,
  id: string,
): Parameters<Environment["bus"]["publish"]>[0] {
  const payload = { run_id: run.id, requested_by: run.tenant, ...wish };
  return { subject: workflowCommandSubject, id, body: encodePacket("run-command", instance, run.traceId, payload) };
}

function untaken(thrown: unknown): HttpError | undefined {
  if (thrown instanceof Unavailable) {
    const message = "The bus is not reachable: nothing was done";
    return new HttpError({ status: 503, code: "bus_unavailable", message, hint: again, retryAfterSeconds: 1 });
  }
  if (!(thrown instanceof OutcomeUnknown)) return undefined;
  const message = "The bus did not answer: the request may or may not take effect";
  return new HttpError({ status: 503, code: "outcome_unknown", message, hint: again, retryAfterSeconds: 1 });
}

const again = "send it again: deciding or cancelling twice does no harm";
