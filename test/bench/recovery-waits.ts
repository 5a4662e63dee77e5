import { stepOfJob, type History, type OperationEvent } from "../../core/mod.ts";

/** Something that a client wants, from the moment that it was due to the moment that all of it had taken effect. */
interface Wish {
  readonly dueAt: number;
  doneAt: number;
}

/**
 * For each fault that struck: how long the client waited longest, of those whose wish was not fulfilled at the strike,
 * or became due before the heal. Counted from the strike or from the wish, whichever came later, in ms.
 *
 * @throws Error when a fault met no wish at all: there was nothing to measure.
 */
export function waitsByFault(history: History): number[] {
  const wishes = wishesIn(history);
  return history.faults.flatMap(({ fault, struckAt, healAt = history.endedAt }) => {
    if (struckAt === undefined) return [];
    const met = wishes.filter(({ dueAt, doneAt }) => dueAt < healAt && doneAt > struckAt);
    if (met.length === 0) throw new Error(`${fault} met nothing`);
    const waits = met.map(({ dueAt, doneAt }) => doneAt - Math.max(dueAt, struckAt));
    return [waits.reduce((most, each) => Math.max(most, each), 0)];
  });
}

/** Every job or run that was acknowledged; a resent submission is due when it was due for the first time. */
function wishesIn(history: History): Wish[] {
  const wishes = new Map<string, Wish>();
  for (const operation of history.operations) {
    const id = idOf(operation);
    if (id === undefined) continue;
    const { dueAt } = wishes.get(id) ?? { dueAt: Infinity };
    wishes.set(id, { dueAt: Math.min(dueAt, operation.intendedAt), doneAt: 0 });
  }
  for (const { id, effects } of history.jobs.values()) {
    const wish = wishes.get(stepOfJob(id)?.run ?? id);
    const effectAt = effects.find(({ decision }) => decision === "accepted")?.at;
    if (wish && effectAt !== undefined) wish.doneAt = Math.max(wish.doneAt, effectAt);
  }
  return [...wishes.values()];
}

/** What an operation was acknowledged with. */
function idOf({ job, run, outcome }: OperationEvent): string | undefined {
  return outcome === "ok" ? (job ?? run) : undefined;
}
