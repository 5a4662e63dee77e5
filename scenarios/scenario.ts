import type { PlannedFault } from "../chaos/mod.ts";
import type { Check } from "../checks/mod.ts";
import type { Duration } from "../core/mod.ts";
import type { Load } from "../loadgen/mod.ts";

/** A trial as data. Its file name is its name. */
export interface Scenario {
  /** One sentence: what is tried, and what must hold. */
  readonly title: string;
  readonly cluster: { readonly gateways: number; readonly schedulers: number; readonly workers: number };
  /** Environment variables that differ from the tuning of the run. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly load: readonly Load[];
  readonly faults: readonly PlannedFault[];
  /** Beyond the last load and fault, how long the plane may take to finish what it accepted. @defaultValue "20s" */
  readonly settleWithin?: Duration;
  readonly expect: readonly Check[];
}

/** Declares a scenario; it only checks the types. */
export function scenario(definition: Scenario): Scenario {
  return definition;
}
