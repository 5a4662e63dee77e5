import { changeJob } from "./change-job.ts";
import { leadRounds } from "./lead-rounds.ts";
import type { SchedulerPart } from "./scheduler-part.ts";
import type { SchedulerContext } from "./scheduler-context.ts";
import { JobSweep } from "./job-sweep.ts";
import { isWaiting, takeUp } from "./take-up.ts";

/**
 * Takes up, oldest first, the jobs that no worker was there for, and those whose submit message was never handled:
 * again and again, and at once when a topic without workers gets one.
 */
export const replayer: SchedulerPart = {
  name: "replayer",
  lease: ({ replayerPollMs }) => ({ key: "cordum:replayer:pending", ttlMs: 2 * replayerPollMs }),
  lead(context, { signal }) {
    const sweep = new JobSweep(context.env);
    const { replayerPollMs, replayAfterMs } = context.config;
    return leadRounds(context, signal, {
      name: "replayer",
      everyMs: replayerPollMs,
      wakeOn: ["topic-online"],
      round: (woken) => sweep.round(woken ? 0 : replayAfterMs, signal, (id) => replay(context, id)),
    });
  },
};

async function replay(context: SchedulerContext, id: string): Promise<void> {
  const { env, workers } = context;
  const job = await env.jobs.read(id);
  if (!job || !isWaiting(job) || !workers.serves(job.topic)) return;
  const changed = await changeJob(context, id, (opened) => takeUp(context, opened));
  const isDispatched = changed.kind === "advanced" && changed.job.state === "DISPATCHED";
  if (isDispatched) env.metrics.count("replayed", { topic: job.topic });
}
