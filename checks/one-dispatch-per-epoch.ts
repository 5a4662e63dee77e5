import type { DispatchEvent } from "../core/mod.ts";
import { attemptName, attemptsOf, type AttemptEvidence } from "./attempts.ts";
import { check, type Check, type Finding } from "./check.ts";
import { moment } from "./moment.ts";

/** The stream stores one dispatch of each attempt, whoever sent it and however often. */
export function oneDispatchPerEpoch(): Check {
  return check("one dispatch per epoch", ({ jobs }) => attemptsOf(jobs.values(), (job) => job.dispatches), judge, {
    subjects: "attempts",
    none: "the tap saw no dispatch",
    seen: "each was dispatched once",
  });
}

function judge(attempt: AttemptEvidence<DispatchEvent>): Finding {
  // A tap that reconnects sees a message again; only another place in the stream makes it another message.
  const stored = [...new Map(attempt.seen.map((dispatch) => [dispatch.sequence, dispatch])).values()];
  const second = stored[1];
  if (!second) return undefined;
  const each = stored.map(({ sequence, subject, at }) => `as message ${sequence} on ${subject} at ${moment(at)}`);
  const because = `stored ${stored.length} times: ${each.join(", ")}`;
  return { subject: attemptName(attempt), because, at: second.at };
}
