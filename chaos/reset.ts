import type { Fault } from "./fault.ts";
import { linkFault } from "./link-fault.ts";

/**
 * A connection can be made, and breaks as soon as something is sent on it: a middlebox that has lost its table.
 *
 * Heal lets new connections live; those that broke stay broken.
 */
export function reset(selector: string, server: string): Fault {
  return linkFault({ kind: "reset" }, selector, server);
}
