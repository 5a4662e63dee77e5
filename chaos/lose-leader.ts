import { ms, type Duration } from "../core/mod.ts";
import type { Fault } from "./fault.ts";
import { serverFault } from "./server-fault.ts";

/** What is lost with a leader. */
export interface LoseLeaderOptions {
  /** What was stored for this long before the loss, and acknowledged, is lost with it. @defaultValue "0ms": nothing */
  readonly unflushed?: Duration;
}

/**
 * The leader of a cluster of three is lost: `loseLeader("nats")`. Its clients connect to the others, and until those
 * have elected another, nothing is stored or delivered: a time that is drawn. Only in a simulated world.
 *
 * Heal waits until there is a leader.
 */
export function loseLeader(server: "nats", { unflushed = "0ms" }: LoseLeaderOptions = {}): Fault {
  return serverFault({ kind: "loseLeader", server, unflushedMs: ms(unflushed) }, { unflushed });
}
