import { sampleRecord } from "../../reports/sample-record.test-support.ts";
import { measureDefinitions, type MeasureDefinition } from "../../reports/mod.ts";
import type { MeasuredRun } from "../compare/measured-run.ts";

/** Pairs of runs whose only measure has these values, baseline first. */
export function madeUpRuns(
  pairs: readonly (readonly [baseline: number | undefined, candidate: number | undefined])[],
  measure: MeasureDefinition = measureDefinitions.submitP50,
): MeasuredRun[] {
  return pairs.flatMap((values, index) =>
    (["a", "b"] as const).map((side, of): MeasuredRun => {
      const value = values[of];
      const missing = value === undefined ? { because: "insufficient samples" } : {};
      const measures = [{ ...measure, value, ...missing }];
      return { pair: index + 1, side, seed: `${index}`, record: sampleRecord(), folder: "run", measures };
    }),
  );
}
