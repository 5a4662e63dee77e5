import type { Config } from "../config/config.ts";
import { StoreTime } from "../domain/store-time.ts";
import { schedulerQueue } from "../domain/subjects.ts";
import type { Consumption, Environment } from "../ports/mod.ts";
import { Background } from "../replica/background.ts";
import { campaign } from "../replica/campaign.ts";
import { allOrNone, consumePackets } from "../replica/consume-packets.ts";
import { DueTimers } from "../replica/due-timers.ts";
import { shutDown } from "../replica/shut-down.ts";
import { cancels } from "./handle-cancel.ts";
import { results } from "./handle-result.ts";
import { submits } from "./handle-submit.ts";
import { reconciler } from "./reconciler.ts";
import { replayer } from "./replayer.ts";
import { retryJob } from "./retry-job.ts";
import type { SchedulerContext } from "./scheduler-context.ts";
import type { SchedulerPart } from "./scheduler-part.ts";
import { snapshotWriter } from "./snapshot-writer.ts";
import { WorkerWatch } from "./worker-watch.ts";

/** A scheduler that runs. */
export interface RunningScheduler {
  /** Graceful shutdown, within SHUTDOWN_TIMEOUT. */
  stop(): Promise<void>;
}

/** Everything that one replica does for all. */
export const schedulerParts: readonly SchedulerPart[] = [reconciler, replayer, snapshotWriter];

/**
 * Starts a scheduler: it dispatches new jobs to workers, takes their results, and campaigns for its parts.
 *
 * @param parts - what it leads when it holds the lease. @defaultValue all of {@link schedulerParts}
 */
export async function startScheduler(
  env: Environment,
  config: Config,
  parts: readonly SchedulerPart[] = schedulerParts,
): Promise<RunningScheduler> {
  const context = createContext(env, config);
  const consumptions = await consumeAll(context);
  const campaigns = new AbortController();
  const campaigning = Promise.all(parts.map((part) => campaign(context, part, campaigns.signal)));
  let stopped: Promise<void> | undefined;
  return { stop: () => (stopped ??= stop(context, consumptions, campaigns, campaigning)) };
}

function createContext(env: Environment, config: Config): SchedulerContext {
  const context: SchedulerContext = {
    env,
    config,
    workers: new WorkerWatch(env, config.workerTtlMs),
    storeTime: new StoreTime(),
    retries: new DueTimers(env.clock, (retry) => retryJob(context, retry)),
    background: new Background(env.log),
  };
  return context;
}

/** All subjects or none. */
async function consumeAll(context: SchedulerContext): Promise<Consumption[]> {
  const intaking = { queue: schedulerQueue, concurrency: context.config.schedulerConcurrency };
  const starting = [
    consumePackets(context, submits, intaking),
    consumePackets(context, results, intaking),
    consumePackets(context, cancels, intaking),
  ];
  try {
    return await allOrNone(starting);
  } catch (thrown) {
    context.workers.close();
    throw thrown;
  }
}

/** What was not started is handed back, what was started is finished. Then leadership is given up. */
function stop(
  context: SchedulerContext,
  consumptions: readonly Consumption[],
  campaigns: AbortController,
  campaigning: Promise<unknown>,
): Promise<void> {
  const { env, config, workers, retries, background } = context;
  return shutDown({
    ...{ clock: env.clock, log: env.log, budgetMs: config.shutdownTimeoutMs, campaigning, background },
    drained: Promise.allSettled([retries.close(), ...consumptions.map((consumption) => consumption.stop())]),
    giveUp() {
      campaigns.abort();
      workers.close();
    },
  });
}
