import type { History, SectionHistory } from "../core/mod.ts";

/** A section with the end that it really had: a holder that died is not inside any more. */
export interface Stay {
  readonly section: SectionHistory;
  /** When it ended; infinite when it never did. */
  readonly until: number;
  /** The holder died before it told of an end. It may have released the key at the last moment. */
  readonly cutOff: boolean;
}

/** A stay that met others of the same key. */
export interface MetStay extends Stay {
  /** Stays that had begun before this one, and whose end had not been noted when it began. */
  readonly earlier: readonly Stay[];
}

/** Beyond so many holders at once, the oldest are not followed: that is chaos enough. */
const holdersMax = 8;

/** All stays under one kind of guard, in order of entry, each with those that it met inside. */
export function* staysUnder(history: History, guard: SectionHistory["guard"]): Generator<MetStay> {
  const exits = exitsOf(history);
  const inside = new Map<string, Stay[]>();
  for (const section of history.sections) {
    if (section.guard !== guard) continue;
    const earlier = (inside.get(section.key) ?? []).filter((stay) => notedEnd(stay) > section.enteredAt);
    const until = endOf(section, exits);
    const stay = { section, until, cutOff: section.end === undefined && until < Infinity, earlier };
    inside.set(section.key, [...earlier, stay].slice(-holdersMax));
    yield stay;
  }
}

/** When the end was known to the witness: for a release, when its answer came. */
function notedEnd({ section, until }: Stay): number {
  return Math.max(until, section.endNotedAt ?? until);
}

function endOf({ endedAt, who, enteredAt }: SectionHistory, exits: ReadonlyMap<string, number[]>): number {
  return endedAt ?? exits.get(who)?.find((exit) => exit >= enteredAt) ?? Infinity;
}

function exitsOf({ replicas }: History): Map<string, number[]> {
  const exits = new Map<string, number[]>();
  for (const { replica, phase, at } of replicas) {
    if (phase === "exited") exits.set(replica, [...(exits.get(replica) ?? []), at]);
  }
  return exits;
}
