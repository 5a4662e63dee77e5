import type { SectionHistory } from "../../core/mod.ts";

/** How the stays under one key, or under one kind of key, went. */
export interface Tenancy {
  readonly stays: number;
  /** Replicas that were inside at some time. */
  readonly holders: readonly string[];
  readonly longestStayMs: number;
  /** From the end of one stay to the beginning of the next under the same key. */
  readonly longestGapMs: number | undefined;
  /** Stays that began while another under the same key had not ended. */
  readonly overlaps: number;
  readonly longestOverlapMs: number;
}

/** Until when a holder acted as if it were inside: until it left, or else as long as its last renewal was good. */
export function insideUntil(stay: SectionHistory): number {
  return stay.endedAt ?? stay.validUntil;
}

/** Measures stays, each key for itself. */
export function tenancy(stays: readonly SectionHistory[]): Tenancy {
  const succession = [...Map.groupBy(stays, (stay) => stay.key).values()].flatMap(successions);
  const gaps = succession.filter((gap) => gap >= 0);
  const overlaps = succession.filter((gap) => gap < 0);
  return {
    stays: stays.length,
    holders: [...new Set(stays.map((stay) => stay.who))],
    longestStayMs: largest(stays.map((stay) => insideUntil(stay) - stay.enteredAt)),
    longestGapMs: gaps.length === 0 ? undefined : largest(gaps),
    overlaps: overlaps.length,
    longestOverlapMs: largest(overlaps.map((gap) => -gap)),
  };
}

/** From the latest end so far to each next beginning: negative when the two overlap. */
function successions(stays: readonly SectionHistory[]): number[] {
  const inOrder = stays.toSorted((a, b) => a.enteredAt - b.enteredAt);
  let endedAt = -Infinity;
  const distances: number[] = [];
  for (const stay of inOrder) {
    if (endedAt > -Infinity) distances.push(stay.enteredAt - endedAt);
    endedAt = Math.max(endedAt, insideUntil(stay));
  }
  return distances;
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
