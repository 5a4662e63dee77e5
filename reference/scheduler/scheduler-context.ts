import type { StoreTime } from "../domain/store-time.ts";
import type { Config } from "../config/config.ts";
import type { Environment } from "../ports/mod.ts";
import type { Background } from "../replica/background.ts";
import type { DueTimers } from "../replica/due-timers.ts";
import type { WorkerWatch } from "./worker-watch.ts";

/** The backoff of this attempt of a job. */
export interface DueRetry {
  readonly job: string;
  readonly epoch: number;
}

/** What everything in a scheduler shares. */
export interface SchedulerContext {
  readonly env: Environment;
  readonly config: Config;
  readonly workers: WorkerWatch;
  readonly storeTime: StoreTime;
  /** The backoffs of jobs that this replica put into RETRYING. */
  readonly retries: DueTimers<DueRetry>;
  /** What nobody waits for, except the shutdown. */
  readonly background: Background;
}
