import type { PlannedFault } from "./fault.ts";
import { strike, type FaultPlanContext, type Struck } from "./strike.ts";

/** A plan that is being carried out. */
export interface FaultPlanRun {
  /**
   * Resolves when each fault has struck, and been healed if it has an hour for that. Rejects as soon as one of them
   * cannot strike or be healed; nothing more strikes then.
   */
  readonly done: Promise<void>;
  /**
   * Ends the plan and heals what is in force, the last fault first. Healing twice is healing once.
   *
   * @throws what the first heal threw that failed, after all of them have been tried.
   */
  healAll(): Promise<void>;
}

/** Carries out a plan of faults. Their hours, and those of their heals, count from this call. */
export function runFaultPlan(planned: readonly PlannedFault[], context: FaultPlanContext): FaultPlanRun {
  const startedAt = context.clock.now();
  const over = new AbortController();
  const signal = AbortSignal.any([context.signal, over.signal]);
  const inForce: Struck[] = [];
  const waitUntil = async (hourMs: number): Promise<boolean> => {
    await context.clock.sleep(Math.max(0, startedAt + hourMs - context.clock.now()), signal);
    return !signal.aborted;
  };
  const carryOut = async ({ fault, atMs, healAfterMs }: PlannedFault, number: number): Promise<void> => {
    if (!(await waitUntil(atMs))) return;
    const struck = await strike(fault, number, { ...context, signal });
    inForce.push(struck);
    if (healAfterMs !== undefined && (await waitUntil(atMs + healAfterMs))) await struck.heal();
  };
  const runs = planned.map((each, index) => unlessAborted(carryOut(each, index + 1), context.signal));
  const done = Promise.all(runs).then(() => undefined);
  // Whoever awaits `done` hears of the failure; here it only ends the plan.
  done.catch(() => over.abort());
  let healing: Promise<void> | undefined;
  return {
    done,
    healAll() {
      over.abort();
      healing ??= Promise.allSettled(runs).then(() => healInReverse(inForce));
      return healing;
    },
  };
}

/** In a world that is being taken down, everything fails, and nothing of it matters. */
async function unlessAborted(run: Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    await run;
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
}

async function healInReverse(inForce: readonly Struck[]): Promise<void> {
  const failures: unknown[] = [];
  for (const struck of inForce.toReversed()) await struck.heal().catch((thrown: unknown) => failures.push(thrown));
  if (failures.length > 0) throw failures[0] as Error;
}
