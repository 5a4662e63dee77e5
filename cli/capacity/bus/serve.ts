import type { ServicePlan } from "../../../capacity/mod.ts";
import type { Clock, Random } from "../../../core/mod.ts";

/** Does a handler's work for one message. */
export interface Service {
  /** Resolves when the work can begin. */
  ready(): Promise<void>;
  work(): Promise<void>;
}

/** A handler's work by plan: it waits or burns for times that are drawn at random, or always the same. */
export function makeService({ meanMs, spread, work }: ServicePlan, clock: Clock, random: Random): Service {
  const draw = spread === "fixed" ? () => meanMs : () => random.exponential(meanMs);
  return work === "wait"
    ? { ready: () => Promise.resolve(), work: () => clock.sleep(draw()) }
    : { ready: nextTurn, work: () => burn(draw()) };
}

/** All handlers share one thread: between two that burn it, what waits in the pipe gets its turn. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** By CPU time, as a computation: where the machine is busy with something else, it takes longer. */
function burn(forMs: number): Promise<void> {
  const until = threadCpuMs() + forMs;
  while (threadCpuMs() < until);
  return Promise.resolve();
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
