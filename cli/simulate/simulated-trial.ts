import type { GeneratorHealth, History, HistoryEvent, RunRecord, Verdict } from "../../core/mod.ts";
import type { TraceEntry, TraceOptions } from "../../sim/mod.ts";
import type { SimConditions } from "../../worlds/sim/conditions.ts";
import type { PortCall } from "../../worlds/sim/options.ts";
import type { Progress } from "../progress.ts";
import type { TrialPlan } from "../run/plan.ts";

/** How to simulate a trial. The plan's seed decides everything that is left to chance. */
export interface SimulationOptions {
  /** @defaultValue a quiet network, and clocks that are right */
  readonly conditions?: SimConditions;
  readonly trace?: TraceOptions;
  /** Gets a line now and then. @defaultValue nobody */
  readonly progress?: Progress;
  /** Told of every call of every port, before it is made. @defaultValue nobody */
  readonly onCall?: (call: PortCall) => void;
  /** Ends it early. */
  readonly signal?: AbortSignal;
}

/** A trial that happened in virtual time. The same plan and conditions give the same one, to the last event. */
export interface SimulatedTrial {
  readonly plan: TrialPlan;
  readonly conditions: SimConditions;
  readonly events: readonly HistoryEvent[];
  readonly history: History;
  readonly verdicts: readonly Verdict[];
  readonly status: RunRecord["status"];
  readonly generator: GeneratorHealth;
  /** 16 hexadecimal digits: two runs with the same hash did the same. */
  readonly traceHash: string;
  /** Its last steps, or all of them, as the options ask. */
  readonly trace: readonly TraceEntry[];
  readonly kernelEvents: number;
  readonly virtualMs: number;
  /** What broke the simulation itself: a bug in the plane's code or in ours, never a verdict. */
  readonly broke?: unknown;
}
