import type { BusConfiguration, CapacityPlan, Knee, WaitPromise, WindowFigures } from "../../../capacity/mod.ts";
import type { DrainReport, FillReport } from "../bus/bus-messages.ts";
import type { MeasuredService } from "./bus-model.ts";

/** Everything that was measured of one bus. */
export interface Evidence {
  readonly plan: CapacityPlan;
  readonly configuration: BusConfiguration;
  readonly shares: readonly number[];
  readonly service: MeasuredService;
  readonly windows: readonly WindowFigures[];
  readonly saturated: readonly WindowFigures[];
  readonly knee: Knee;
  readonly fill: FillReport;
  readonly drain: DrainReport;
  /** Undefined where the system does not tell. */
  readonly threads: number | undefined;
}

/** What the plan promises about the wait. */
export function promiseOf({ ask }: CapacityPlan): WaitPromise {
  return { share: 0.99, waitMs: ask.p99WaitMs };
}
