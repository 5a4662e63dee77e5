import type { Load } from "../load.ts";
import type { LoadReport, RunLoadsOptions } from "../run-loads.ts";

/** Who sends a load. */
export type EngineName = "open" | "autocannon" | "k6";

/** Sends loads, and writes down what became of each operation. All engines write the same history. */
export interface LoadEngine {
  readonly name: EngineName;
  /**
   * To be asked before anything is started.
   *
   * @throws UsageError for a load that this engine cannot send; EnvironmentError `k6_missing`.
   */
  assertCanSend(loads: readonly Load[], gateways: number): void;
  /**
   * @throws UsageError for a load that this engine cannot send; EnvironmentError `k6_missing` or `engine_failed` when
   *   the engine itself does not work.
   */
  run(loads: readonly Load[], options: RunLoadsOptions): Promise<LoadReport>;
}

/** What each engine is, for help and reports. */
export const engineCatalog: readonly { readonly name: EngineName; readonly doc: string }[] = [
  {
    name: "open",
    doc: "Seatrial's own: sends each operation when it is due, whatever the plane does; latency counts from then.",
  },
  {
    name: "autocannon",
    doc: "autocannon at a constant rate: each connection waits for its answer; latency counts from the sending.",
  },
  {
    name: "k6",
    doc: "k6 at a constant arrival rate, in a process of its own; latency counts from the sending.",
  },
];
