import { ms, type Duration } from "../core/mod.ts";
import type { Fault } from "./fault.ts";
import { linkFault } from "./link-fault.ts";

/** How late a link is. */
export interface DelayOptions {
  /** For each direction: a round trip takes twice as long. */
  readonly by: Duration;
  /** Give or take this much, anew for each piece of data. @defaultValue "0ms" */
  readonly jitter?: Duration;
}

/**
 * Everything comes later, in both directions, and in its order: `delay("scheduler-1", "redis", { by: "100ms" })`.
 *
 * Heal lets what is on its way arrive at once.
 */
export function delay(selector: string, server: string, { by, jitter = "0ms" }: DelayOptions): Fault {
  return linkFault({ kind: "delay", ms: ms(by), jitterMs: ms(jitter) }, selector, server);
}
