import { ms, type Duration } from "../core/mod.ts";
import type { Fault } from "./fault.ts";
import { trapAt, trapFault, type TrapOptions } from "./trap-fault.ts";

/**
 * The replica waits at a call, and is awake meanwhile:
 * `delayAt("scheduler-1", "jobs.advance", { delay: "1s", nth: "every" })`.
 *
 * Heal takes the trap away; a wait that has begun is waited out.
 */
export function delayAt(selector: string, call: string, options: TrapOptions & { readonly delay: Duration }): Fault {
  const trap = { ...trapAt(call, "delay", options), delayMs: ms(options.delay) };
  return trapFault("delay", selector, trap, () => Promise.resolve());
}
