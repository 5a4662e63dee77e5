import type { History } from "../../../core/mod.ts";
import { faultMeetings } from "./fault-meetings.ts";
import { situations } from "./situations.ts";

/** How often each situation occurred in one run, by its id. One that is known and did not occur counts 0. */
export type Coverage = Readonly<Record<string, number>>;

/** In how many seeds a situation occurred, and how often in all of them. */
export interface Met {
  readonly seeds: number;
  readonly occurrences: number;
}

/** What a run really got to see: a pure function of its history. */
export function coverageOf(history: History): Coverage {
  const counted = situations.map((situation) => [situation.id, situation.count(history)] as const);
  return { ...Object.fromEntries(counted), ...faultMeetings(history) };
}

/** Adds one run's coverage to that of others. What it holds grows with the kinds of situations, never with the runs. */
export function addCoverage(total: Map<string, Met>, coverage: Coverage): void {
  for (const [id, count] of Object.entries(coverage)) {
    const { seeds, occurrences } = total.get(id) ?? { seeds: 0, occurrences: 0 };
    total.set(id, { seeds: seeds + (count > 0 ? 1 : 0), occurrences: occurrences + count });
  }
}
