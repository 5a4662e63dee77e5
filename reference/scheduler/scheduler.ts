import { messageOf } from "../../core/mod.ts";
import type { Config } from "../config/config.ts";
import { StoreTime } from "../domain/store-time.ts";
import type { Consumption, Environment } from "../ports/mod.ts";
import { Background } from "./background.ts";
import { consumePackets } from "./consume-packets.ts";
import { cancels } from "./handle-cancel.ts";
import { results } from "./handle-result.ts";
import { submits } from "./handle-submit.ts";
import type { SchedulerPart } from "./part.ts";
import { reconciler } from "./reconciler.ts";
import { replayer } from "./replayer.ts";
import { retryJob } from "./retry-job.ts";
import { RetryTimers } from "./retry-timers.ts";
import type { SchedulerContext } from "./scheduler-context.ts";
import { settledWithin } from "./settled-within.ts";
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
    retries: new RetryTimers(env.clock, (job, epoch) => retryJob(context, job, epoch)),
    background: new Background(env.log),
  };
  return context;
}

/** All subjects or none. */
async function consumeAll(context: SchedulerContext): Promise<Consumption[]> {
  const starting = [
    consumePackets(context, submits),
    consumePackets(context, results),
    consumePackets(context, cancels),
  ];
  try {
    return await Promise.all(starting);
  } catch (thrown) {
    context.workers.close();
    const begun = (await Promise.allSettled(starting)).filter((start) => start.status === "fulfilled");
    await Promise.allSettled(begun.map((start) => start.value.stop()));
    throw thrown;
  }
}

/** Never rejects: a part that cannot campaign here is led elsewhere. */
async function campaign(context: SchedulerContext, part: SchedulerPart, signal: AbortSignal): Promise<void> {
  const { env, config } = context;
  try {
    await env.leases.campaign({ ...part.lease(config), signal }, (leadership) => part.lead(context, leadership));
  } catch (thrown) {
    env.log.error("a campaign ended", { part: part.name, because: messageOf(thrown) });
  }
}

/**
 * Messages first: what was not started is handed back, what was started is finished. Then leadership is given up.
 * Most of the budget is for the first, and a remainder is left for whoever closes the connections.
 */
async function stop(
  context: SchedulerContext,
  consumptions: readonly Consumption[],
  campaigns: AbortController,
  campaigning: Promise<unknown>,
): Promise<void> {
  const { env, config, workers, retries, background } = context;
  const budgetMs = config.shutdownTimeoutMs;
  const draining = [retries.close(), ...consumptions.map((consumption) => consumption.stop())];
  const inTime = await settledWithin(env.clock, 0.6 * budgetMs, Promise.allSettled(draining));
  campaigns.abort();
  workers.close();
  const givenUp = await settledWithin(
    env.clock,
    0.3 * budgetMs,
    campaigning.then(() => background.settled()),
  );
  if (!inTime || !givenUp) env.log.warn("shutdown cut short", { drained: inTime, leadershipGivenUp: givenUp });
}
