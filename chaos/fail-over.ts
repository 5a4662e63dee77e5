import { ms, type Duration } from "../core/mod.ts";
import type { Fault } from "./fault.ts";
import { serverFault } from "./server-fault.ts";

/** How a primary is lost, and followed. */
export interface FailOverOptions {
  /**
   * From the loss until the replica takes over.
   *
   * @defaultValue "2.3s": Redis Sentinel with `down-after-milliseconds 1000`, until all sentinels show the new primary
   */
  readonly detect?: Duration;
  /** For so long before it nothing reaches the replica: what is acknowledged then is lost. @defaultValue "0ms" */
  readonly behind?: Duration;
}

/**
 * The primary is lost, and its replica takes over with what it has received: `failOver("redis", { behind: "500ms" })`.
 * Only in a simulated world.
 *
 * Heal brings the lost one back, as a replica of the new primary.
 */
export function failOver(server: "redis", { detect = "2.3s", behind = "0ms" }: FailOverOptions = {}): Fault {
  const fault = { kind: "failOver", server, detectMs: ms(detect), behindMs: ms(behind) } as const;
  return serverFault(fault, { detect, behind });
}
