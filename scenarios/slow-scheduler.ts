import { at, delayAt } from "../chaos/mod.ts";
import { lockIsExclusive, noEffectTwice, noJobIsLost, oneDispatchPerEpoch } from "../checks/mod.ts";
import { lasting, uniform } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/**
 * A scheduler takes three lock lifetimes to write one job's state, awake all the while. Meanwhile the replayer sees a
 * job that has been pending for too long. The lock must last for as long as the work does, and keep the replayer out.
 */
export default scenario((pace) => ({
  title:
    "A scheduler is slow to write, for three times as long as a job lock lives: the lock lasts, and keeps others out.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [{ name: "a few jobs", arrivals: uniform("10/s", lasting("3s")), work: "5ms" }],
  faults: [at("0s", delayAt("scheduler-1", "jobs.advance:DISPATCHED", { delay: pace("90s") }))],
  settleWithin: pace("200s"),
  expect: [lockIsExclusive(), noJobIsLost(), noEffectTwice(), oneDispatchPerEpoch()],
}));
