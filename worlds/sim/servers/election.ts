import type { Random } from "../../../core/mod.ts";

/** Ten elections on three nats-servers 2.9.10, whose leader was killed: the shortest, the median and the longest. */
const measuredMs = { least: 4_100, median: 5_900, most: 8_100 };

/** How long a cluster of three has no leader: as often longer than the measured median as shorter. */
export function drawElectionMs(random: Random): number {
  const { least, median, most } = measuredMs;
  const [from, to] = random.next() < 0.5 ? [least, median] : [median, most];
  return from + random.next() * (to - from);
}
