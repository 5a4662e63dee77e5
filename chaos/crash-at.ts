import type { Fault } from "./fault.ts";
import { restartExited } from "./revive.ts";
import { trapAt, trapFault, type TrapOptions } from "./trap-fault.ts";

/**
 * The replica kills itself at a call: `crashAt("scheduler-1", "bus.publish", { when: "after", nth: 10 })` dies when
 * its tenth message is stored, and before anything that follows.
 *
 * Heal takes the trap away and starts the replica again if it was caught.
 */
export function crashAt(selector: string, call: string, options: TrapOptions = {}): Fault {
  return trapFault("crash", selector, trapAt(call, "kill", options), restartExited);
}
