import { messageOf } from "../../core/mod.ts";
import { retryBackoffMs } from "../domain/retry-backoff.ts";
import { OutcomeUnknown, Unavailable, type Claim, type ClaimRequest } from "../ports/mod.ts";
import type { WorkerContext } from "./worker-context.ts";

/** Repeats of a claim: with the backoff about 15 s, besides what the store's own time-outs take. */
const mostTries = 10;
const firstBackoffMs = 100;

/**
 * Claims an attempt before it starts. A claim whose answer was lost is repeated with its token, which gets the same
 * answer.
 *
 * @returns `unresolved` when a claim may have been taken and no answer was to be had
 * @throws Unavailable when surely nothing was claimed, and the store stays away
 */
export async function claimAttempt(
  { env, closing }: Pick<WorkerContext, "env" | "closing">,
  request: ClaimRequest,
): Promise<Claim | "unresolved"> {
  let mayHaveActed = false;
  for (let tries = 1; ; tries++) {
    try {
      return await env.jobs.claim(request);
    } catch (thrown) {
      if (!(thrown instanceof OutcomeUnknown || thrown instanceof Unavailable)) throw thrown;
      mayHaveActed ||= thrown instanceof OutcomeUnknown;
      env.log.debug("claim repeated", { job: request.id, tries, because: messageOf(thrown) });
      if (tries < mostTries && !closing.aborted) await env.clock.sleep(retryBackoffMs(tries, firstBackoffMs), closing);
      else if (mayHaveActed) return "unresolved";
      else throw thrown;
    }
  }
}
