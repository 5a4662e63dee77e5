import { requirePositive } from "../figures.ts";

/** What the number of pods follows from, by the seed. */
export interface RequiredPodsInputs {
  readonly peakPerSecond: number;
  /** What one pod serves at saturation. */
  readonly podPerSecond: number;
  /** A factor: 1.5 leaves half as much again. */
  readonly safetyMargin: number;
}

/** The number of pods, and what was rounded up to it. */
export interface RequiredPods {
  readonly exact: number;
  readonly pods: number;
}

/**
 * Pods for a peak: peak / throughput of a pod × safety margin, rounded up.
 *
 * Source: the sizing guide of the message bus, "Required pods".
 *
 * @throws UsageError
 */
export function requiredPods({ peakPerSecond, podPerSecond, safetyMargin }: RequiredPodsInputs): RequiredPods {
  requirePositive({ peakPerSecond, podPerSecond, safetyMargin });
  const exact = (peakPerSecond / podPerSecond) * safetyMargin;
  return { exact, pods: wholePods(exact) };
}

/** Rounds up, but for the last digits that a division may leave: 3.0000000000000004 pods are 3. */
export function wholePods(exact: number): number {
  return Math.max(1, Math.ceil(Number(exact.toPrecision(12))));
}
