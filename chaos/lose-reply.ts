import type { Fault } from "./fault.ts";
import { linkFault } from "./link-fault.ts";

/**
 * Requests arrive and take effect, and their replies never come back: `loseReply("clients", "gateway-1")`. Whoever
 * asked cannot know whether it happened.
 *
 * Heal closes the connections whose replies were lost; new ones work.
 */
export function loseReply(selector: string, server: string): Fault {
  return linkFault({ kind: "loseReply" }, selector, server);
}
