import { blindWitness, systemClock } from "../../core/mod.ts";
import { fastTuning } from "../../reference/config/config.ts";
import type { BootOptions } from "../../cli/run/boot-world.ts";

/** A plane of one replica of each role. */
export function worldOptions(folder: string, changes: Partial<BootOptions> = {}): BootOptions {
  const originNs = process.hrtime.bigint();
  return {
    cluster: { gateways: 1, schedulers: 1, workers: 1 },
    variables: { ...fastTuning(), CORDUM_API_KEYS: "key:tenant" },
    without: [],
    folder,
    clock: systemClock(originNs),
    originNs,
    witness: blindWitness,
    signal: new AbortController().signal,
    ...changes,
  };
}
