import { requireNotNegative, requirePositive, requireWhole } from "../figures.ts";

/** What the CPU of a pod follows from, by the seed. */
export interface CpuPerPodInputs {
  /** Of all shards together. */
  readonly workers: number;
  readonly coresPerWorker: number;
  /** Operating system, logs, metrics. */
  readonly overheadCores: number;
}

/**
 * Cores of a pod: workers × cores per worker + overhead.
 *
 * Source: the sizing guide of the message bus, "CPU per pod".
 *
 * @throws UsageError
 */
export function cpuPerPodCores({ workers, coresPerWorker, overheadCores }: CpuPerPodInputs): number {
  requireWhole({ workers });
  requirePositive({ coresPerWorker });
  requireNotNegative({ overheadCores });
  return workers * coresPerWorker + overheadCores;
}
