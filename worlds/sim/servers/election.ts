import type { Random } from "../../../core/mod.ts";

/** Ten elections after SIGKILL of the leader of a stream on three nats-servers 2.9.10: first, median and last, in ms. */
const measuredMs = { least: 4_100, median: 5_900, most: 8_100 };

/** How long a cluster of three has no leader: as often above the measured median as below it, within what was measured. */
export function drawElectionMs(random: Random): number {
  const { least, median, most } = measuredMs;
  const [from, to] = random.next() < 0.5 ? [least, median] : [median, most];
  return from + random.next() * (to - from);
}
