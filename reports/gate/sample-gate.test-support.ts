import type { GateItem, GateResult } from "./gate-result.ts";

/** A requirement that was met. */
export function sampleItem(override: Partial<GateItem> = {}): GateItem {
  return {
    kind: "budget",
    scenario: "steady-work",
    name: "submit latency p99 is at most 250 ms",
    status: "passed",
    summary: "Measured 120 ms, the median of 3 runs; the limit is 250 ms.",
    blocking: true,
    ...override,
  };
}

/** A gate that let everything pass. */
export function sampleGate(override: Partial<GateResult> = {}): GateResult {
  return {
    format: 1,
    seatrial: "0.1.0",
    policy: "gates/quick.yaml",
    mode: "strict",
    status: "passed",
    items: [sampleItem()],
    scenarios: [{ scenario: "steady-work", runs: [], rows: [], recorded: {}, rerun: false }],
    baseline: {
      file: "gates/quick.baseline.json",
      seatrial: "0.1.0",
      recordedAtUnixMs: Date.UTC(2026, 10, 22),
      sameMachine: true,
    },
    differences: [],
    startedAtUnixMs: Date.UTC(2026, 10, 22),
    lastedMs: 61_000,
    reproduce: "npm run seatrial -- gate --policy gates/quick.yaml --baseline gates/quick.baseline.json",
    ...override,
  };
}
