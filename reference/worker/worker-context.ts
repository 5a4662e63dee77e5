import type { Config } from "../config/config.ts";
import type { Environment } from "../ports/mod.ts";
import type { RunningAttempts } from "./running-attempts.ts";
import type { Slots } from "./slots.ts";
import type { Work } from "./work.ts";

/** What everything in a worker shares. */
export interface WorkerContext {
  readonly env: Environment;
  readonly config: Config;
  readonly work: Work;
  /** The fencing token that the work shows at its sinks, made from the attempt's epoch. */
  readonly token: (epoch: number) => number;
  /** This life of the process. */
  readonly session: string;
  readonly slots: Slots;
  readonly attempts: RunningAttempts;
  /** Aborts when the shutdown budget is used up: nobody waits for anything any more. */
  readonly closing: AbortSignal;
}
