import type { History, SectionHistory } from "../../../core/mod.ts";
import { deathAfter } from "./lives.ts";
import type { Situation } from "./situation.ts";

/** What may happen to locks and leases. */
export const lockSituations: readonly Situation[] = [
  stays("a lock was renewed", ["G2", "G6"], ({ guard, renewals }) => guard === "lock" && renewals > 0),
  stays("a holder learnt that its lock was lost", ["G2", "G6"], (stay) => stay.guard === "lock" && isLost(stay)),
  {
    id: "a lock that had run out was taken by somebody else",
    tries: ["G2", "G6"],
    count: (history) => takenOver("lock", history),
  },
  {
    id: "a holder was asleep when its lock ran out, and woke",
    tries: ["G2", "G6"],
    count: (history) => sleptThrough("lock", history),
  },
  { id: "a lease changed hands", tries: ["G3"], count: (history) => changedHands("lease", history) },
  {
    id: "a lease that had run out was taken by somebody else",
    tries: ["G3"],
    count: (history) => takenOver("lease", history),
  },
  {
    id: "a leader was asleep when its lease ran out, and woke",
    tries: ["G3"],
    count: (history) => sleptThrough("lease", history),
  },
];

function stays(id: string, tries: readonly string[], is: (stay: SectionHistory) => boolean): Situation {
  return { id, tries, count: ({ sections }) => sections.filter(is).length };
}

function isLost({ end, removed }: SectionHistory): boolean {
  return end === "abandoned" || removed === false;
}

/** Stays that followed somebody else's who had not left. */
function takenOver(guard: SectionHistory["guard"], history: History): number {
  return successions(guard, history).filter(([before]) => before.end !== "left" || before.removed === false).length;
}

function changedHands(guard: SectionHistory["guard"], history: History): number {
  return successions(guard, history).length;
}

/** Each stay of somebody who was not the one before, with the stay before it. */
function successions(guard: SectionHistory["guard"], { sections }: History): [SectionHistory, SectionHistory][] {
  const last = new Map<string, SectionHistory>();
  const found: [SectionHistory, SectionHistory][] = [];
  for (const stay of sections) {
    if (stay.guard !== guard) continue;
    const before = last.get(stay.key);
    if (before && before.who !== stay.who) found.push([before, stay]);
    last.set(stay.key, stay);
  }
  return found;
}

/** Stays of which the holder was paused before they ran out, and woke after it. Who is killed asleep never wakes. */
function sleptThrough(guard: SectionHistory["guard"], history: History): number {
  const sleeps = history.faults.filter(({ action, struckAt }) => action === "pause" && struckAt !== undefined);
  return history.sections.filter(({ guard: held, who, enteredAt, endedAt = Infinity, validUntil }) =>
    sleeps.some(({ targets, struckAt = Infinity, healAt = Infinity }) => {
      const slept = targets.includes(who) && enteredAt <= struckAt && struckAt < Math.min(endedAt, validUntil);
      const woke = validUntil <= healAt && healAt < deathAfter(who, struckAt, history);
      return held === guard && slept && woke;
    }),
  ).length;
}
