import type { Random } from "../../core/mod.ts";

/**
 * How often a new leader tells those who waited for messages that their requests are void; otherwise they learn it from
 * missing heartbeats, or when their requests expire. Five of eight elections of nats-server 2.9.10, three nodes.
 */
export const electionNoticeChance = 5 / 8;

/** Ten elections on three nats-servers 2.9.10 on one machine, whose leader was killed. */
const measuredMs = { least: 4_100, median: 5_900, most: 8_100 };

/** How long a cluster of three has no leader, in ms: as often longer than the measured median as shorter. */
export function electionMs(random: Random): number {
  const { least, median, most } = measuredMs;
  const where = random.next() * 2;
  return where < 1 ? least + where * (median - least) : median + (where - 1) * (most - median);
}
