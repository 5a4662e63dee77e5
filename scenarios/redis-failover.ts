import { at, failOver } from "../chaos/mod.ts";
import { noEffectTwice, oneDispatchPerEpoch, oneExecutionPerEpoch, onlyTheTailIsLost } from "../checks/mod.ts";
import { lasting, poisson } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/**
 * Redis's primary is lost half a second after its replica heard of it for the last time, and later the other, whose
 * replica has kept up. What was acknowledged in that half second is gone: jobs with their records, locks, results.
 */
export default scenario((pace) => ({
  title:
    "Simulated only: Redis fails over and loses half a second of acknowledged writes: no other job is lost, none twice.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  // Jobs whose result is lost end by these.
  variables: { SCHEDULER_DISPATCH_TIMEOUT: pace("60s"), SCHEDULER_RUNNING_TIMEOUT: pace("60s") },
  load: [{ name: "steady", arrivals: poisson("10/s", lasting("30s")), work: "100ms" }],
  faults: [
    at("5s", failOver("redis", { behind: "500ms" }), { healAfter: "10s" }),
    at("20s", failOver("redis"), { healAfter: "8s" }),
  ],
  settleWithin: pace("120s"),
  expect: [onlyTheTailIsLost(), noEffectTwice(), oneDispatchPerEpoch(), oneExecutionPerEpoch()],
}));
