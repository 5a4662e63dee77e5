import type { WindowFigures } from "../../../capacity/mod.ts";

const noWait = { messages: 100, meanMs: 0, p50Ms: 0, p99Ms: 0 };

/** A window in which all went well, but for what is given. */
export function aWindow(given: Partial<WindowFigures> = {}): WindowFigures {
  return {
    utilisation: 0.5,
    offeredPerSecond: 100,
    deliveredPerSecond: 100,
    messages: 100,
    refused: 0,
    serviceMs: 20,
    serviceCv2: 1,
    wait: noWait,
    hottestWait: noWait,
    shards: [{ offered: 100, deliveredPerSecond: 100, follows: 1, p99WaitMs: 0 }],
    worstShardFollows: 1,
    worstShardWaitMs: 0,
    cpuCores: 0.1,
    cpuMsPerMessage: 1,
    little: { gauge: 0, byWaits: 0 },
    generator: { p50Ms: 0.5, p99Ms: 1, healthy: true },
    ...given,
  };
}
