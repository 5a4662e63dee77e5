import type { Check } from "./check.ts";
import { exclusiveSections } from "./exclusive-sections.ts";

/**
 * For each lease, one replica leads at a time, as the replicas themselves experience it. A leader that slept through
 * its lease may go on believing in it for a moment, as long as it writes nothing; one that is awake may not.
 */
export function oneLeaderAtATime(): Check {
  return exclusiveSections("one leader at a time", "lease", "no replica led");
}
