import type { History, JobHistory, Measurement } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";
import { moment } from "./moment.ts";

/** No job takes effect more than once, however often it is executed. */
export function noEffectTwice(): Check {
  return check("no effect twice", jobsWithEffects, judge, {
    subjects: "jobs with effects",
    none: "no effect reached the sink",
    seen: "none took effect more than once",
    measure: (_, { jobs }) => [...executionsPerJob(jobs.values()), ...refusals(jobs.values())],
  });
}

function jobsWithEffects({ jobs }: History): JobHistory[] {
  return [...jobs.values()].filter((job) => job.effects.length > 0);
}

function judge(job: JobHistory): Finding {
  const accepted = job.effects.filter((effect) => effect.decision === "accepted");
  const second = accepted[1];
  if (!second) return undefined;
  const each = accepted.map(({ worker, epoch, at }) => `from ${worker} in epoch ${epoch} at ${moment(at)}`);
  return {
    subject: job.id,
    because: `its effect was accepted ${accepted.length} times: ${each.join(", ")}`,
    at: second.at,
  };
}

/** How many jobs were executed how often: the work that was done in vain. */
function executionsPerJob(jobs: Iterable<JobHistory>): Measurement[] {
  let [once, twice, more, most] = [0, 0, 0, 0];
  for (const { executions } of jobs) {
    if (executions.length === 1) once += 1;
    else if (executions.length === 2) twice += 1;
    else if (executions.length > 2) more += 1;
    most = Math.max(most, executions.length);
  }
  return [
    { name: "jobsExecutedOnce", value: once },
    { name: "jobsExecutedTwice", value: twice },
    { name: "jobsExecutedMoreOften", value: more },
    { name: "executionsPerJobMax", value: most },
  ];
}

/** What the fence at the sink kept out. */
function refusals(jobs: Iterable<JobHistory>): Measurement[] {
  const refused = { stale: 0, repeated: 0 };
  for (const { effects } of jobs) {
    for (const { decision } of effects) if (decision !== "accepted") refused[decision] += 1;
  }
  return [
    { name: "effectsRefusedAsStale", value: refused.stale },
    { name: "effectsRefusedAsRepeated", value: refused.repeated },
  ];
}
