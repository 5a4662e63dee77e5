import type { ExecutionHistory, History, JobHistory, WriteEvent } from "../../../core/mod.ts";
import { stepOfJob } from "../../../core/mod.ts";
import { deathAfter } from "./lives.ts";
import type { Situation } from "./situation.ts";

/** What may happen to a job on its way, and is counted by the job. */
export const deliverySituations: readonly Situation[] = [
  jobsThat("a fault struck while an accepted job was under way", ["G1"], (job, history) =>
    history.faults.some(({ struckAt = Infinity }) => isUnderWay(job, struckAt)),
  ),
  jobsThat(
    "a job was accepted while no worker was there",
    ["G1"],
    (job, history) => job.acknowledgedAt !== undefined && workersAt(job.acknowledgedAt, history) === 0,
  ),
  jobsThat("a dispatch was sent after whoever had written it down was dead", ["G1"], (job, history) =>
    job.dispatches.some(({ epoch, at }) => at > deathOfWriter(job, epoch, history)),
  ),
  jobsThat("a replica died after it had dispatched a job, and before the job went on", ["G2"], (job, history) =>
    job.dispatches.some(({ epoch, at }) => {
      const death = deathOfWriter(job, epoch, history);
      return at <= death && death < nextStepAfter(at, job);
    }),
  ),
  jobsThat("a job was tried again", ["G1", "G2"], ({ dispatches }) => dispatches.some(({ epoch }) => epoch > 1)),
  jobsThat("a job was executed more than once", ["G2"], ({ executions }) => executions.length > 1),
  jobsThat("two workers executed one job at the same time", ["G2"], ({ executions }, history) =>
    overlap(executions, history),
  ),
  jobsThat("an execution never came to its end", ["G2"], ({ executions }) =>
    executions.some(({ endAt }) => endAt === undefined),
  ),
  jobsThat("an effect was refused as stale", ["G2"], ({ effects }) =>
    effects.some(({ decision }) => decision === "stale"),
  ),
  jobsThat("an effect was refused as a repetition", ["G2"], ({ effects }) =>
    effects.some(({ decision }) => decision === "repeated"),
  ),
  jobsThat("a worker's claim was refused", ["G2"], ({ writes }) =>
    writes.some(({ accepted, who }) => !accepted && who.startsWith("worker")),
  ),
  jobsThat("a write was refused, since somebody else had been faster", ["G2", "G6"], ({ writes }) =>
    writes.some(({ accepted, section }) => !accepted && section !== undefined),
  ),
  {
    ...jobsThat("a step of a workflow was tried again", ["G6"], ({ id }) => (stepOfJob(id)?.attempt ?? 1) > 1),
    needs: "workflow",
  },
];

function jobsThat(id: string, tries: readonly string[], is: (job: JobHistory, history: History) => boolean): Situation {
  return { id, tries, count: (history) => [...history.jobs.values()].filter((job) => is(job, history)).length };
}

function isUnderWay({ acknowledgedAt = Infinity, effects }: JobHistory, at: number): boolean {
  const effectAt = effects.find(({ decision }) => decision === "accepted")?.at ?? Infinity;
  return acknowledgedAt <= at && at < effectAt;
}

function workersAt(at: number, { replicas }: History): number {
  const ready = new Set<string>();
  for (const { replica, role, phase, at: changedAt } of replicas) {
    if (changedAt > at) break;
    if (role !== "worker") continue;
    if (phase === "ready" || phase === "resumed") ready.add(replica);
    else ready.delete(replica);
  }
  return ready.size;
}

/** When the replica died that had written this dispatch down; never, when it lives or nobody knows it. */
function deathOfWriter(job: JobHistory, epoch: number, history: History): number {
  const write = job.writes.find((each) => each.accepted && each.epoch === epoch && each.to === "DISPATCHED");
  return write ? deathAfter(write.who, sentAt(write), history) : Infinity;
}

function nextStepAfter(at: number, { writes }: JobHistory): number {
  return writes.find((write) => write.accepted && write.at > at)?.at ?? Infinity;
}

function sentAt(write: WriteEvent): number {
  return write.sentAt ?? write.at;
}

/** Whether a worker began while another still executed: until it had ended, or was dead. */
function overlap(executions: readonly ExecutionHistory[], history: History): boolean {
  return executions.some(({ beginAt, endAt = Infinity, worker }, index) => {
    const overAt = Math.min(endAt, deathAfter(worker, beginAt, history));
    return executions
      .slice(index + 1)
      .some((later) => later.worker !== worker && later.beginAt >= beginAt && later.beginAt < overAt);
  });
}
