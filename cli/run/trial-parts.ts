import type { Clock, HistoryWriter } from "../../core/mod.ts";
import type { Progress } from "../progress.ts";
import type { ApiKeys } from "./api-keys.ts";
import type { TrialPlan } from "./plan.ts";

/** Where a trial leaves its folder, how it tells what it does, and what ends it early. */
export interface TrialContext {
  readonly out: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Everything that the steps of one trial share. */
export interface TrialParts {
  readonly plan: TrialPlan;
  readonly context: TrialContext;
  readonly folder: string;
  readonly clock: Clock;
  readonly originNs: bigint;
  readonly startedAtUnixMs: number;
  readonly witness: HistoryWriter;
  readonly keys: ApiKeys;
  /** Unique numbers for operations. */
  readonly nextOperation: () => number;
}
