import type { Config } from "../config/config.ts";
import { workflowQueue } from "../domain/subjects.ts";
import type { Consumption, Environment } from "../ports/mod.ts";
import { Background } from "../replica/background.ts";
import { campaign } from "../replica/campaign.ts";
import { allOrNone, consumePackets } from "../replica/consume-packets.ts";
import { DueTimers } from "../replica/due-timers.ts";
import { shutDown } from "../replica/shut-down.ts";
import { delayPoller } from "./delay-poller.ts";
import type { DueWake, EngineContext, EnginePart } from "./engine-context.ts";
import { runCommands } from "./handle-command.ts";
import { stepResults } from "./handle-result.ts";
import { reconciler } from "./reconciler.ts";
import { RunChanges } from "./run-changes.ts";
import { wakeInTime } from "./wake-run.ts";

/** A workflow engine that runs. */
export interface RunningEngine {
  /** Graceful shutdown, within SHUTDOWN_TIMEOUT. */
  stop(): Promise<void>;
}

/** What may differ from the rule. */
export interface EngineOptions {
  /** What it leads when it holds the lease. @defaultValue reconciler and delay poller */
  readonly parts?: readonly EnginePart[];
  /** The id under which a step's job is made. @defaultValue the one that the run gave it */
  readonly jobId?: (id: string) => string;
}

/**
 * Starts a workflow engine: it carries out what clients want of their runs, moves runs on as their jobs end, wakes
 * them in time, and campaigns for its parts.
 */
export async function startWorkflowEngine(
  env: Environment,
  config: Config,
  { parts = [reconciler, delayPoller], jobId = (id) => id }: EngineOptions = {},
): Promise<RunningEngine> {
  const context = createContext(env, config, jobId);
  const intaking = { queue: workflowQueue, concurrency: config.workflowConcurrency };
  const consumptions = await allOrNone([
    consumePackets(context, runCommands, intaking),
    consumePackets(context, stepResults, intaking),
  ]);
  const campaigns = new AbortController();
  const campaigning = Promise.all(parts.map((part) => campaign(context, part, campaigns.signal)));
  let stopped: Promise<void> | undefined;
  return { stop: () => (stopped ??= stop(context, consumptions, campaigns, campaigning)) };
}

function createContext(env: Environment, config: Config, jobId: (id: string) => string): EngineContext {
  const background = new Background(env.log);
  const wakes: DueTimers<DueWake> = new DueTimers(env.clock, (wake) => wakeInTime(context, wake));
  const changes = new RunChanges({ env, config, background, jobId, wakes });
  const apply: EngineContext["apply"] = (run, events) => changes.apply(run, events);
  const context: EngineContext = { env, config, background, jobId, wakes, apply };
  return context;
}

/** What was not started is handed back, what was started is finished. Then leadership is given up. */
function stop(
  { env, config, wakes, background }: EngineContext,
  consumptions: readonly Consumption[],
  campaigns: AbortController,
  campaigning: Promise<unknown>,
): Promise<void> {
  return shutDown({
    ...{ clock: env.clock, log: env.log, budgetMs: config.shutdownTimeoutMs, campaigning, background },
    drained: Promise.allSettled([wakes.close(), ...consumptions.map((consumption) => consumption.stop())]),
    giveUp: () => campaigns.abort(),
  });
}
