import type { Config } from "../config/config.ts";
import type { Leadership } from "../ports/mod.ts";
import type { SchedulerContext } from "./scheduler-context.ts";

/** A job of the scheduler that one replica does for all, under a lease. */
export interface SchedulerPart {
  /** For the logs. */
  readonly name: string;
  lease(config: Config): { readonly key: string; readonly ttlMs: number };
  /** Does it for one term; returns when the term's signal aborts. */
  lead(context: SchedulerContext, leadership: Leadership): Promise<void>;
}
