import type { Fault } from "./fault.ts";
import { linkFault } from "./link-fault.ts";

/**
 * Every connection is closed, and none can be made, as when a firewall rejects: `cut("scheduler.leader", "redis")`.
 *
 * Heal lets connections be made again.
 */
export function cut(selector: string, server: string): Fault {
  return linkFault({ kind: "cut" }, selector, server);
}
