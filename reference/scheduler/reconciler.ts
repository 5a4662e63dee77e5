import type { Job } from "../ports/mod.ts";
import { changeJob } from "./change-job.ts";
import { advance, type Decision } from "./decision.ts";
import { diagnose, type Diagnosis } from "./diagnosis.ts";
import { leadRounds } from "./lead-rounds.ts";
import type { SchedulerPart } from "./scheduler-part.ts";
import type { SchedulerContext } from "./scheduler-context.ts";
import { retryStep, timeoutStep } from "./steps.ts";
import { JobSweep } from "./job-sweep.ts";
import { dispatch } from "./take-up.ts";

/**
 * Finds the jobs that got stuck, and moves them on: promises that were never kept, attempts whose worker is lost,
 * retries that are due, and what has taken too long.
 */
export const reconciler: SchedulerPart = {
  name: "reconciler",
  lease: ({ reconcilerPollMs }) => ({ key: "cordum:reconciler:default", ttlMs: 2 * reconcilerPollMs }),
  lead(context, { signal }) {
    const sweep = new JobSweep(context.env);
    const term = new Term(context);
    const { reconcilerPollMs, outboxSweepAfterMs } = context.config;
    return leadRounds(context, signal, {
      name: "reconciler",
      everyMs: reconcilerPollMs,
      wakeOn: ["worker-gone", "topic-online"],
      round: (woken) => sweep.round(woken ? 0 : outboxSweepAfterMs, signal, (id) => term.reconcile(id)),
    });
  },
};

/** Jobs remembered as delivered by this leader. Forgetting one costs a delivery that its message ids make harmless. */
const mostDelivered = 10_000;

/** One term of the leader. */
class Term {
  readonly #context: SchedulerContext;
  /** The newest promise of each job that this leader delivered. */
  readonly #delivered = new Map<string, number>();

  constructor(context: SchedulerContext) {
    this.#context = context;
  }

  /**
   * A look at the record without a lock decides whether there is anything to do. Then the job is opened under its
   * lock and diagnosed again, and the write presents the revision of that opening: a job that moved is left alone.
   */
  async reconcile(id: string): Promise<void> {
    const { env, storeTime } = this.#context;
    const job = await env.jobs.read(id);
    if (!job) return env.jobs.forgetFinished(id);
    storeTime.passed(job.updatedUnixMs, env.clock.now());
    const diagnosis = this.#diagnose(job);
    if (diagnosis === "ended") return env.jobs.forgetFinished(id);
    if (diagnosis && !this.#isHopeless(job, diagnosis)) await this.#treat(id);
  }

  async #treat(id: string): Promise<void> {
    let cause: Diagnosis | undefined;
    const changed = await changeJob(this.#context, id, (job) => {
      cause = this.#diagnose(job);
      return this.#remedy(job, cause);
    });
    const moved = changed.kind === "advanced" || changed.kind === "delivered";
    if (cause && moved) this.#context.env.metrics.count("reconciled", { cause });
  }

  #diagnose(job: Job): Diagnosis | undefined {
    const { env, config, workers, storeTime } = this.#context;
    const storeUnixMs = storeTime.atLeast(env.clock.now());
    const fate = workers.fate(job, storeUnixMs - job.updatedUnixMs);
    const deliveredInVain = job.outbox.length > 0 && this.#delivered.get(job.id) === newestPromise(job);
    return diagnose(job, { storeUnixMs, fate, deliveredInVain, limits: config });
  }

  /** A retry needs a worker. */
  #isHopeless({ topic }: Job, diagnosis: Diagnosis): boolean {
    return diagnosis === "retry_due" && !this.#context.workers.serves(topic);
  }

  #remedy(job: Job, diagnosis: Diagnosis | undefined): Decision {
    switch (diagnosis) {
      case "undelivered":
        this.#noteDelivery(job);
        return { kind: "deliver", because: diagnosis };
      case "worker_lost":
        return advance(retryStep(job, diagnosis, this.#context.config.maxAttempts));
      case "retry_due":
        return dispatch(this.#context, job);
      case "deadline":
      case "dispatch_timeout":
      case "running_timeout":
        return advance(timeoutStep(job, diagnosis));
      case "ended":
      case undefined:
        return { kind: "keep", because: "healthy" };
    }
  }

  #noteDelivery(job: Job): void {
    if (this.#delivered.size >= mostDelivered) this.#delivered.clear();
    this.#delivered.set(job.id, newestPromise(job));
  }
}

function newestPromise({ outbox }: Job): number {
  return Math.max(...outbox.map((entry) => entry.revision));
}
