import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";

import type { MachineFingerprint } from "../../capacity/mod.ts";

/** One-minute load average. */
export function machineLoad(): number {
  return loadavg()[0] ?? 0;
}

/** What the figures depend on besides the plan. */
export function machineFingerprint(loadBefore: number): MachineFingerprint {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryMb: Math.round(totalmem() / 1_048_576),
    kernel: `${type()} ${release()}`,
    node: process.version,
    loadBefore,
    loadAfter: machineLoad(),
  };
}
