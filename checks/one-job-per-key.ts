import type { History, JobHistory, OperationEvent } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";

/**
 * An idempotency key stands for one job: whoever submits under it, through whichever gateway and however often, gets
 * the same job id, which can be read at the end, and the key's work takes effect at most once.
 */
export function oneJobPerKey(): Check {
  return check("one job per key", keysOf, judge, {
    subjects: "idempotency keys",
    none: "no submission with a key was acknowledged",
    seen: (keys) =>
      `${keys.reduce((sum, { answers }) => sum + answers.length, 0)} acknowledgements, one job for each key`,
    measure: (keys) => [{ name: "acknowledgementsPerKeyMax", value: mostAnswers(keys) }],
  });
}

/** A key, and who got which job for it. */
interface Key {
  readonly key: string;
  readonly answers: readonly OperationEvent[];
  /** What is known of the jobs that were named, by id. */
  readonly jobs: ReadonlyMap<string, JobHistory | undefined>;
}

function* keysOf(history: History): Generator<Key> {
  const answered = history.operations.filter(
    ({ op, outcome, idempotencyKey, job }) =>
      op === "submit" && outcome === "ok" && idempotencyKey !== undefined && job !== undefined,
  );
  for (const [key = "", answers] of Map.groupBy(answered, (operation) => operation.idempotencyKey)) {
    yield { key, answers, jobs: new Map(answers.map(({ job = "" }) => [job, history.jobs.get(job)])) };
  }
}

function mostAnswers(keys: readonly Key[]): number {
  return keys.reduce((most, { answers }) => Math.max(most, answers.length), 0);
}

function judge({ key, answers, jobs }: Key): Finding {
  if (jobs.size > 1) {
    const each = answers.map(({ via, job }) => `${job} (${via})`);
    return {
      subject: key,
      because: `it stands for ${jobs.size} jobs: ${each.join(", ")}`,
      at: answers.at(-1)?.at ?? 0,
    };
  }
  for (const [id, job] of jobs) return unresolved(key, id, job) ?? tookEffectTwice(key, id, job);
  return undefined;
}

function unresolved(key: string, id: string, job: JobHistory | undefined): Finding {
  const last = job?.reads.at(-1);
  if (!last) return { unexamined: `nobody could read ${id} at the end` };
  return last.state === "missing" ? { subject: key, because: `its job ${id} cannot be found`, at: last.at } : undefined;
}

function tookEffectTwice(key: string, id: string, job: JobHistory | undefined): Finding {
  const accepted = job?.effects.filter(({ decision }) => decision === "accepted") ?? [];
  const second = accepted[1];
  return second && { subject: key, because: `its job ${id} took effect ${accepted.length} times`, at: second.at };
}
