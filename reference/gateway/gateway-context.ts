import type { Config } from "../config/config.ts";
import type { Environment } from "../ports/mod.ts";
import type { Deliveries } from "./deliveries.ts";

/** What every route of one gateway shares. */
export interface GatewayContext {
  readonly env: Environment;
  readonly config: Config;
  readonly deliveries: Deliveries;
  /** By `env.clock.now()`. */
  readonly startedAt: number;
  /** Aborts when the shutdown begins. */
  readonly stopping: AbortSignal;
}
