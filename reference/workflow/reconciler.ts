import { isEnded, jobsUnderWay, nextWakeOf, type RunEvent } from "../domain/workflow/mod.ts";
import type { StoredRun } from "../ports/mod.ts";
import { inParallel } from "../replica/in-parallel.ts";
import { makeRounds } from "../replica/rounds.ts";
import { Sweep } from "../replica/sweep.ts";
import type { EngineContext, EnginePart } from "./engine-context.ts";
import { endOfJob } from "./job-end.ts";
import { MissingJobs } from "./missing-jobs.ts";

/**
 * Visits every unfinished run, oldest first, and moves on those that got stuck: promises that were never kept, jobs
 * whose end nobody was told of, and moments at which nobody woke them.
 */
export const reconciler: EnginePart = {
  name: "workflow reconciler",
  lease: ({ workflowScanMs }) => ({ key: "cordum:workflow-engine:reconciler:default", ttlMs: 2 * workflowScanMs }),
  lead(context, { signal }) {
    const { env, config } = context;
    const sweep = new Sweep({ what: "runs", log: env.log, pageSize: config.workflowScanLimit });
    const missing = new MissingJobs(env.clock, config.dispatchTimeoutMs + config.runningTimeoutMs);
    return makeRounds(env, signal, {
      name: "workflow reconciler",
      everyMs: config.workflowScanMs,
      round: () =>
        sweep.round(
          (query) => env.runs.unfinished(query),
          signal,
          (id) => reconcile(context, missing, id),
        ),
    });
  },
};

/** What can be wrong with a run. Also the cause in the metrics. */
type Diagnosis = "undelivered" | "job_ended" | "due";

/** A look at the run without a lock decides whether there is anything to do. */
async function reconcile(context: EngineContext, missing: MissingJobs, id: string): Promise<void> {
  const { env, apply } = context;
  const stored = await env.runs.read(id);
  if (!stored || isOver(stored)) return env.runs.forgetFinished(id);
  const ends = stored.outbox.length > 0 ? [] : await endsOfJobs(context, missing, stored);
  const cause = diagnose(stored, ends, env.clock.unixMs());
  if (!cause) return;
  const changed = await apply(id, [...ends, { kind: "wake" }]);
  if (changed.kind === "missing" || changed.kind === "contended") return;
  if (changed.kind === "changed" || changed.recovered > 0) env.metrics.count("workflowReconciled", { cause });
}

function isOver({ run, outbox }: StoredRun): boolean {
  return isEnded(run.state) && outbox.length === 0;
}

function diagnose({ run, outbox }: StoredRun, ends: readonly RunEvent[], nowUnixMs: number): Diagnosis | undefined {
  if (outbox.length > 0) return "undelivered";
  if (ends.length > 0) return "job_ended";
  return (nextWakeOf(run) ?? Infinity) <= nowUnixMs ? "due" : undefined;
}

/** Jobs of one run read at the same time. */
const readsAtOnce = 8;

const never = new AbortController().signal;

/** Whatever the records of its jobs know, and the run does not. */
async function endsOfJobs({ env }: EngineContext, missing: MissingJobs, { run }: StoredRun): Promise<RunEvent[]> {
  const ends: RunEvent[] = [];
  const failures = await inParallel(jobsUnderWay(run), readsAtOnce, never, async (name) => {
    const job = await env.jobs.read(name);
    const end = job ? endOfJob(job, name) : missing.endOf(name);
    if (job) missing.found(name);
    if (end) ends.push(end);
  });
  if (failures.length > 0) throw failures[0];
  return ends;
}
