import type { Config } from "../config/config.ts";
import { decodePacket } from "../domain/packets.ts";
import { workerCancelSubject } from "../domain/subjects.ts";
import type { Consumption, Environment } from "../ports/mod.ts";
import { consumeDispatches } from "./consume-dispatches.ts";
import { Heartbeats } from "./heartbeats.ts";
import { RunningAttempts } from "./running-attempts.ts";
import { Slots } from "./slots.ts";
import type { Work } from "./work.ts";
import type { WorkerContext } from "./worker-context.ts";

/** A worker that runs. */
export interface RunningWorker {
  /** Attempts in hand. */
  readonly activeJobs: number;
  /** Graceful shutdown, within SHUTDOWN_TIMEOUT. */
  stop(): Promise<void>;
}

/** What may differ from the rule. */
export interface WorkerOptions {
  /** The fencing token that the work shows at its sinks. @defaultValue the attempt's epoch itself */
  readonly token?: (epoch: number) => number;
}

/** Of the shutdown budget: until running attempts are aborted, and until nobody waits for anything any more. */
const drainShare = 0.7;
const reportShare = 0.9;

/**
 * Starts a worker, whose id is the instance's: it takes jobs on its own subject and on its topics, claims each
 * attempt, does the work, and reports the result.
 */
export async function startWorker(
  env: Environment,
  config: Config,
  work: Work,
  { token = (epoch) => epoch }: WorkerOptions = {},
): Promise<RunningWorker> {
  const closing = new AbortController();
  const worker: WorkerContext = {
    ...{ env, config, work, token },
    session: env.random.id(),
    slots: new Slots(env.clock, config.workerConcurrency),
    attempts: new RunningAttempts(),
    closing: closing.signal,
  };
  const cancels = env.bus.listen(workerCancelSubject(env.instance), (body) => cancel(worker, body));
  const consumptions = await consumeDispatches(worker).catch((thrown: unknown) => {
    cancels.close();
    throw thrown;
  });
  const heartbeats = new Heartbeats(worker);
  let stopped: Promise<void> | undefined;
  return {
    get activeJobs() {
      return worker.slots.taken;
    },
    stop: () =>
      (stopped ??= leave(worker, heartbeats, consumptions, closing).finally(() => {
        heartbeats.stop();
        cancels.close();
      })),
  };
}

/** A cancellation that cannot be read is one that got lost: the work is wasted, and its result refused. */
function cancel({ attempts, env }: WorkerContext, body: string): void {
  const packet = decodePacket("cancel", body);
  if (packet) attempts.cancel(packet.payload.job_id);
  else env.log.warn("cancellation that cannot be read", { bytes: body.length });
}

/**
 * No more work; what was not started is handed back; what runs may end, until most of the budget is used up. Then it
 * is aborted, to be retried elsewhere, and the last results are reported.
 */
async function leave(
  { env, config, attempts }: WorkerContext,
  heartbeats: Heartbeats,
  consumptions: readonly Consumption[],
  closing: AbortController,
): Promise<void> {
  heartbeats.leave();
  const abort = env.clock.after(drainShare * config.shutdownTimeoutMs, () => attempts.shutDown());
  const close = env.clock.after(reportShare * config.shutdownTimeoutMs, () => closing.abort());
  const drained = Promise.allSettled(consumptions.map((consumption) => consumption.stop()));
  const closed = new Promise((resolve) => closing.signal.addEventListener("abort", resolve));
  await Promise.race([drained, closed]);
  abort.cancel();
  close.cancel();
  if (closing.signal.aborted) env.log.warn("shutdown cut short", { attempts: attempts.count });
}
