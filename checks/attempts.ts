import type { JobHistory } from "../core/mod.ts";

/** Everything of one sort that was seen of one attempt of a job. */
export interface AttemptEvidence<Item> {
  readonly job: string;
  readonly epoch: number;
  readonly seen: readonly Item[];
}

/** What was seen of each attempt, by job and epoch. */
export function* attemptsOf<Item extends { readonly epoch: number }>(
  jobs: Iterable<JobHistory>,
  pick: (job: JobHistory) => readonly Item[],
): Generator<AttemptEvidence<Item>> {
  for (const job of jobs) {
    const byEpoch = Map.groupBy(pick(job), (item) => item.epoch);
    for (const [epoch, seen] of byEpoch) yield { job: job.id, epoch, seen };
  }
}

/** An attempt as counterexamples name it. */
export function attemptName({ job, epoch }: Pick<AttemptEvidence<never>, "job" | "epoch">): string {
  return `${job}, epoch ${epoch}`;
}
