import type { ConfigurationResult } from "../../capacity/mod.ts";
import { modelCurve, modelOf } from "./compare/bus-model.ts";
import { compareAll } from "./compare/compare-all.ts";
import { someEvidence } from "./compare/evidence.test-support.ts";
import type { Evidence } from "./compare/evidence.ts";

/** A bus that was measured, and nothing went wrong. */
export function someResult(given: Partial<Evidence> = {}): ConfigurationResult {
  const evidence = someEvidence(given);
  const { configuration, shares, service, windows, saturated, knee } = evidence;
  return {
    ...{ configuration, shares, ...service, windows, saturated, knee },
    modelNote: undefined,
    rows: compareAll(evidence),
    sweep: [],
    modelCurve: modelCurve(modelOf(configuration, shares, service)),
    ledger: { offered: 500, accepted: 500, refused: 0, delivered: 500, missing: 0 },
    excluded: [],
  };
}
