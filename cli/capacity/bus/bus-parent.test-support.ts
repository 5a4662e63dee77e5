import { readFileSync } from "node:fs";

import { systemClock } from "../../../core/mod.ts";
import { BusProcess } from "./bus-process.ts";

/** Starts a bus that is busy for ever, tells its process id, and waits to be killed. */
const configuration = {
  name: "orphan",
  shards: 1,
  workersPerShard: 8,
  queueSize: 5_000,
  service: { meanMs: 50, spread: "fixed", work: "burn" },
  topics: { count: 1, zipf: 0 },
  arrivals: { process: "poisson" },
  payloadBytes: 10,
} as const;

const bus = await BusProcess.start({
  setup: { originNs: `${process.hrtime.bigint()}`, configuration, seed: "1" },
  clock: systemClock(),
  signal: new AbortController().signal,
});
await bus.open(4_000);
bus.publish({ messages: [...Array(4_000).keys()], topics: Array<number>(4_000).fill(0), sentAtMs: 0 });
const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8").trim().split(" ");
process.stdout.write(`${children[0]}\n`);
