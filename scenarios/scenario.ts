import type { PlannedFault } from "../chaos/mod.ts";
import type { Check } from "../checks/mod.ts";
import type { Cluster, Duration } from "../core/mod.ts";
import type { Load } from "../loadgen/mod.ts";

/** A trial as data. Its file name is its name. */
export interface Scenario {
  /** One sentence: what is tried, and what must hold. */
  readonly title: string;
  readonly cluster: Cluster;
  /** Environment variables that differ from the tuning of the run. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly load: readonly Load[];
  readonly faults: readonly PlannedFault[];
  /** After the last load and heal, how long the plane may take to finish what it accepted. @defaultValue "30s" */
  readonly settleWithin?: Duration;
  readonly expect: readonly Check[];
}

/**
 * Turns a time at the plane's documented values into one at the run's tuning: with every TTL and poll ten times
 * shorter, `pace("45s")` is 4.5 s. Times that do not depend on a TTL or a poll are written plainly.
 */
export type Pace = (documented: Duration) => Duration;

/** A scenario for any tuning. */
export type ScenarioAt = (pace: Pace) => Scenario;

/** Declares a scenario; it only checks the types. */
export function scenario(definition: ScenarioAt): ScenarioAt {
  return definition;
}
