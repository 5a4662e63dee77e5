import { at, delay, delayAt } from "../chaos/mod.ts";
import {
  legalTransitions,
  linkFaultsAreFelt,
  lockIsExclusive,
  noEffectTwice,
  noJobIsLost,
  oneDispatchPerEpoch,
  oneLeaderAtATime,
  recoversWithin,
} from "../checks/mod.ts";
import { lasting, poisson } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/**
 * Redis is far away for the leading scheduler: whatever it asks takes 200 ms and more. It works slowly, and what it
 * believes to hold it must hold: the time that an answer took counts against its locks and leases. One of its jobs
 * takes two lock lifetimes besides, so that a lock has to be renewed from far away.
 */
export default scenario((pace) => ({
  title: "Redis is 100 ms away, give or take 30, for the leading scheduler: its locks and leases stay safe.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [{ name: "steady", arrivals: poisson("60/s", lasting(pace("100s"))), work: "10ms" }],
  faults: [
    at(pace("10s"), delay("scheduler.leader", "redis", { by: "100ms", jitter: "30ms" }), { healAfter: pace("80s") }),
    at(pace("15s"), delayAt("scheduler.leader", "jobs.advance:DISPATCHED", { delay: pace("60s") })),
  ],
  expect: [
    noJobIsLost(),
    noEffectTwice(),
    oneDispatchPerEpoch(),
    legalTransitions(),
    oneLeaderAtATime(),
    lockIsExclusive(),
    recoversWithin(pace("90s")),
    linkFaultsAreFelt(),
  ],
}));
