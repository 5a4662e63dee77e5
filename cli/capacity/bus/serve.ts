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
    : { ready: nextTurn, work: () => burn(draw(), clock) };
}

/** All handlers share one thread: between two that burn it, what waits in the pipe gets its turn. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function burn(forMs: number, clock: Clock): Promise<void> {
  const until = clock.now() + forMs;
  while (clock.now() < until);
  return Promise.resolve();
}
