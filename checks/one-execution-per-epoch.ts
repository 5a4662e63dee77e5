import type { ExecutionHistory } from "../core/mod.ts";
import { attemptName, attemptsOf, type AttemptEvidence } from "./attempts.ts";
import { check, type Check, type Finding } from "./check.ts";
import { moment } from "./moment.ts";

/** Each attempt of a job is started by one worker, once. A new attempt has a new epoch. */
export function oneExecutionPerEpoch(): Check {
  return check("one execution per epoch", ({ jobs }) => attemptsOf(jobs.values(), (job) => job.executions), judge, {
    subjects: "attempts",
    none: "no worker began to execute anything",
    seen: "each was executed once",
  });
}

function judge(attempt: AttemptEvidence<ExecutionHistory>): Finding {
  const second = attempt.seen[1];
  if (!second) return undefined;
  const each = attempt.seen.map(({ worker, beginAt }) => `by ${worker} at ${moment(beginAt)}`);
  const because = `executed ${attempt.seen.length} times: ${each.join(", ")}`;
  return { subject: attemptName(attempt), because, at: second.beginAt };
}
