import { stepOfJob, type Clock, type Witness } from "../../core/mod.ts";
import { Retryable, type Attempt, type Work } from "../../reference/worker/work.ts";
import type { EffectSinkClient } from "./effect.ts";

/** What a job of the harness asks of the worker that runs it. */
export interface WorkOrder {
  /** How long it takes. @defaultValue 0 */
  readonly workMs: number;
  /** Fails at the end, without an effect: `retryable` may be tried again, `fatal` may not. */
  readonly fail?: "retryable" | "fatal";
  /** Only the attempts up to this epoch fail. @defaultValue all of them */
  readonly failTimes?: number;
  /** For a job of a workflow's step: the first so many attempts of the step fail, for good. @defaultValue 0 */
  readonly failAttempts?: number;
}

/** What the work of one worker needs. */
export interface WorkTools {
  readonly worker: string;
  readonly clock: Clock;
  readonly witness: Witness;
  readonly sink: EffectSinkClient;
  /** Names each execution. */
  readonly newId: () => string;
}

/**
 * The work that the harness gives to the plane's workers: it takes a while, has one effect at the harness's sink, and
 * writes down when each execution begins and ends.
 */
export function harnessWork(tools: WorkTools): Work {
  return async (attempt) => {
    const { job, epoch } = attempt;
    const execution = tools.newId();
    tools.witness.record({ kind: "execution", phase: "begin", job, epoch, execution });
    const end = (outcome: "succeeded" | "failed" | "cancelled"): void =>
      tools.witness.record({ kind: "execution", phase: "end", job, epoch, execution, outcome });
    try {
      const effect = await carryOut(attempt, execution, tools);
      end("succeeded");
      return { effect };
    } catch (thrown) {
      end(thrown === attempt.signal.reason ? "cancelled" : "failed");
      throw thrown;
    }
  };
}

async function carryOut(attempt: Attempt, execution: string, tools: WorkTools): Promise<string> {
  const order = readWorkOrder(attempt.payload);
  if (order.workMs > 0) await tools.clock.sleep(order.workMs, attempt.signal);
  attempt.signal.throwIfAborted();
  if (order.fail !== undefined && attempt.epoch <= (order.failTimes ?? Infinity)) throw failure(order.fail);
  if ((stepOfJob(attempt.job)?.attempt ?? Infinity) <= (order.failAttempts ?? 0)) throw failure("fatal");
  return applyEffect(attempt, execution, tools);
}

async function applyEffect({ job, epoch }: Attempt, execution: string, { worker, sink }: WorkTools): Promise<string> {
  const decision = await sink.apply({ job, epoch, worker, execution }).catch((thrown: unknown) => {
    // It may have happened. Trying again under a newer epoch is safe: the sink then says `repeated`.
    throw new Retryable("the effect sink did not answer", { cause: thrown });
  });
  if (decision === "stale") throw new Error("the effect was refused: a newer attempt has had it already");
  return decision;
}

/** What the payload asks for; a job that somebody else submitted takes no time. */
function readWorkOrder(payload: unknown): WorkOrder {
  const { workMs, fail, failTimes, failAttempts } = {
    ...(payload as Readonly<Record<keyof WorkOrder, unknown>> | null),
  };
  return {
    workMs: typeof workMs === "number" && workMs > 0 ? workMs : 0,
    ...(fail === "retryable" || fail === "fatal" ? { fail } : {}),
    ...(typeof failTimes === "number" ? { failTimes } : {}),
    ...(typeof failAttempts === "number" ? { failAttempts } : {}),
  };
}

function failure(kind: "retryable" | "fatal"): Error {
  return kind === "retryable" ? new Retryable("asked to fail, and to be retried") : new Error("asked to fail");
}
