import { isDeepStrictEqual } from "node:util";

import { EnvironmentError } from "../../core/mod.ts";
import { fingerprint, type Baseline } from "./baseline.ts";
import type { Policy } from "./policy.ts";

/** @throws EnvironmentError `baseline_foreign` when it was recorded for other scenarios. */
export function assertCovered(baseline: Baseline, policy: Policy, path: string): void {
  const missing = policy.scenarios.filter((name) => !Object.hasOwn(baseline.scenarios, name));
  if (missing.length === 0) return;
  throw new EnvironmentError(
    "baseline_foreign",
    `The baseline "${path}" was recorded without ${missing.join(", ")}`,
    "record it anew for this policy with --update-baseline",
  );
}

/** Whether a baseline's noise is this machine's. */
export function isFromHere({ machine }: Baseline): boolean {
  return isDeepStrictEqual(machine, fingerprint());
}
