import type { History, SectionHistory } from "../../core/mod.ts";

/** A stay in a critical section, with the end that it really had. */
export interface Stay {
  readonly section: SectionHistory;
  /** Until it left, or died, or the run was over: as long as it may have acted as the holder. */
  readonly untilMs: number;
}

/** All stays of a run, in order of entry. */
export function staysOf({ sections, replicas, endedAt }: History): Stay[] {
  const exits = Map.groupBy(
    replicas.filter(({ phase }) => phase === "exited"),
    ({ replica }) => replica,
  );
  return inOrderOfEntry(sections).map((section) => {
    const died = exits.get(section.who)?.find(({ at }) => at >= section.enteredAt)?.at;
    return { section, untilMs: section.endedAt ?? died ?? Math.max(endedAt, section.enteredAt) };
  });
}

function inOrderOfEntry(sections: readonly SectionHistory[]): readonly SectionHistory[] {
  return sections.toSorted((a, b) => a.enteredAt - b.enteredAt);
}

/** How the stays under one key, or under one kind of key, went. */
export interface Tenancy {
  /** Replicas that were inside at some time. */
  readonly holders: readonly string[];
  readonly longestStayMs: number;
  /** From the end of one stay to the beginning of the next under the same key. */
  readonly longestGapMs: number | undefined;
  /** Stays that began while another under the same key had not ended. */
  readonly overlaps: number;
  readonly longestOverlapMs: number;
}

/** Measures stays that are in order of entry, each key for itself. */
export function tenancy(stays: readonly Stay[]): Tenancy {
  const met = meetings(stays);
  const gaps = met.flatMap(({ gapMs }) => (gapMs >= 0 ? [gapMs] : []));
  const overlaps = met.flatMap(({ overlapMs }) => (overlapMs > 0 ? [overlapMs] : []));
  return {
    holders: [...new Set(stays.map(({ section }) => section.who))],
    longestStayMs: largest(stays.map(({ section, untilMs }) => untilMs - section.enteredAt)),
    longestGapMs: gaps.length === 0 ? undefined : largest(gaps),
    overlaps: overlaps.length,
    longestOverlapMs: largest(overlaps),
  };
}

interface Meeting {
  /** From the latest end so far to this beginning; negative when somebody was still inside. */
  readonly gapMs: number;
  /** For how long the two were inside together. */
  readonly overlapMs: number;
}

/** One for each stay that was not the first under its key. */
function meetings(stays: readonly Stay[]): Meeting[] {
  const latestEnds = new Map<string, number>();
  const met: Meeting[] = [];
  for (const { section, untilMs } of stays) {
    const { key, enteredAt } = section;
    const latestEnd = latestEnds.get(key);
    if (latestEnd !== undefined) {
      met.push({ gapMs: enteredAt - latestEnd, overlapMs: Math.min(latestEnd, untilMs) - enteredAt });
    }
    latestEnds.set(key, Math.max(latestEnd ?? untilMs, untilMs));
  }
  return met;
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
