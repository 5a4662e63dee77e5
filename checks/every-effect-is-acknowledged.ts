import type { History, JobHistory } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";

/**
 * No job takes effect of which no client was ever told: it would be a second job for a request that stood for one.
 *
 * Only for loads whose clients send again until they know; of others a job may well take effect unknown to them.
 */
export function everyEffectIsAcknowledged(): Check {
  return check("every effect is acknowledged", jobsWithEffects, judge, {
    subjects: "jobs that took effect",
    none: "no job took effect",
    seen: "some client was told of each",
  });
}

function jobsWithEffects({ jobs }: History): JobHistory[] {
  return [...jobs.values()].filter(({ effects }) => effects.some(({ decision }) => decision === "accepted"));
}

function judge({ id, acknowledgedAt, effects }: JobHistory): Finding {
  if (acknowledgedAt !== undefined) return undefined;
  return { subject: id, because: "it took effect, and no client was ever told of it", at: effects[0]?.at ?? 0 };
}
