import type { Fault } from "./fault.ts";
import { resumePaused } from "./revive.ts";
import { trapAt, trapFault, type TrapOptions } from "./trap-fault.ts";

/**
 * The replica falls asleep at a call: `pauseAt("scheduler-1", "jobs.advance")` sleeps when it has decided on a write,
 * and has not sent it.
 *
 * Heal takes the trap away and wakes the replica if it was caught.
 */
export function pauseAt(selector: string, call: string, options: TrapOptions = {}): Fault {
  return trapFault("pause", selector, trapAt(call, "pause", options), resumePaused);
}
