import type { Clock, Random, Witness } from "../../core/mod.ts";
import type { Load, LoadReport, RunLoadsOptions } from "../../loadgen/mod.ts";
import type { Progress } from "../progress.ts";
import type { ApiKeys } from "./api-keys.ts";
import type { TrialPlan } from "./plan.ts";

/** Where a trial leaves its folder, how it tells what it does, and what ends it early. */
export interface TrialContext {
  readonly out: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Everything that the steps of one trial share, in whatever world and time they happen. */
export interface TrialParts {
  readonly plan: TrialPlan;
  readonly context: Pick<TrialContext, "progress" | "signal">;
  readonly clock: Clock;
  /** Chance of the harness, by the plan's seed. */
  readonly random: Random;
  /** The harness's own. */
  readonly witness: Witness;
  readonly keys: ApiKeys;
  /** Unique numbers for operations. */
  readonly nextOperation: () => number;
  readonly sendLoads: (loads: readonly Load[], options: RunLoadsOptions) => Promise<LoadReport>;
  /** Between two looks of the probes. @defaultValue 250 */
  readonly probeEveryMs?: number;
  /** Between two looks of the approver. @defaultValue 250 */
  readonly approveEveryMs?: number;
}
