import type { Fault } from "./fault.ts";
import { linkFault } from "./link-fault.ts";

/**
 * Connections stay, and new ones are taken, but nothing arrives in either direction, and nobody is told: a firewall
 * that drops, or a peer that hangs.
 *
 * Heal closes the connections that lost something; new ones work.
 */
export function blackhole(selector: string, server: string): Fault {
  return linkFault({ kind: "blackhole" }, selector, server);
}
