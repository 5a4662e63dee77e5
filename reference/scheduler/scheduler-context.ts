import type { StoreTime } from "../domain/store-time.ts";
import type { Config } from "../config/config.ts";
import type { Environment } from "../ports/mod.ts";
import type { Background } from "./background.ts";
import type { RetryTimers } from "./retry-timers.ts";
import type { WorkerWatch } from "./worker-watch.ts";

/** What everything in a scheduler shares. */
export interface SchedulerContext {
  readonly env: Environment;
  readonly config: Config;
  readonly workers: WorkerWatch;
  readonly storeTime: StoreTime;
  readonly retries: RetryTimers;
  /** What nobody waits for, except the shutdown. */
  readonly background: Background;
}
