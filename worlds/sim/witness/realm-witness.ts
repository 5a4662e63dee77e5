import type { Observation, Witness } from "../../../core/mod.ts";
import type { Realm, RealmClock } from "../../../sim/mod.ts";
import type { MemoryHistory } from "./memory-history.ts";

/** What a witness in a realm measured by the realm's own clock, which may run fast or slow. */
const localTimes = ["at", "validUntil", "sentAt", "intendedAt"] as const;

/** The witness of one life of a replica. It tells true times, and has nothing more to tell once its realm is dead. */
export function realmWitness(history: MemoryHistory, realm: Realm): Witness {
  return {
    record(observation) {
      if (!realm.dead) history.add(realm.name, inTrueTime(observation, realm.clock));
    },
  };
}

function inTrueTime(observation: Observation, clock: RealmClock): Observation {
  const told: Partial<Record<(typeof localTimes)[number], number>> = observation;
  const converted = { ...observation } as Observation & Record<string, unknown>;
  for (const name of localTimes) {
    const local = told[name];
    if (local !== undefined) converted[name] = clock.trueTimeOf(local);
  }
  return converted;
}
