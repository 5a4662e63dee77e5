import { ms, type Duration } from "../core/mod.ts";
import type { Fault } from "./fault.ts";
import { serverFault } from "./server-fault.ts";

/** How a sleeping primary is followed, and told. */
export interface SleepPrimaryOptions {
  /** From its falling asleep until the replica takes over. @defaultValue "2.3s", as for `failOver` */
  readonly detect?: Duration;
  /**
   * From its waking until it is told.
   *
   * @defaultValue "8s": Redis Sentinel watches a primary that has come back for four of its announcements, two seconds
   *   apart, before it makes it a replica
   */
  readonly believes?: Duration;
}

/**
 * The primary sleeps, its replica takes over, and there are two when it wakes: it grants what those ask for whose
 * connections still lead to it. Only in a simulated world.
 *
 * Heal wakes it, and waits until it has been told, and has dropped what the new primary does not have.
 */
export function sleepPrimary(server: "redis", { detect = "2.3s", believes = "8s" }: SleepPrimaryOptions = {}): Fault {
  const fault = { kind: "sleepPrimary", server, detectMs: ms(detect), believesMs: ms(believes) } as const;
  return serverFault(fault, { detect, believes });
}
