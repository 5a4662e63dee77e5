import type { Fault } from "./fault.ts";
import { serverFault } from "./server-fault.ts";

/**
 * The leader of a cluster of three is lost: `loseLeader("nats")`. Its clients connect to the others, and until those
 * have elected another, nothing is stored or delivered: a time that is drawn. Only in a simulated world.
 *
 * Heal waits until there is a leader.
 */
export function loseLeader(server: "nats"): Fault {
  return serverFault({ kind: "loseLeader", server });
}
