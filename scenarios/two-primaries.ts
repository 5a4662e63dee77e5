import { at, sleepPrimary } from "../chaos/mod.ts";
import { noEffectTwice, oneDispatchPerEpoch, oneExecutionPerEpoch, onlyTheTailIsLost } from "../checks/mod.ts";
import { lasting, poisson } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/**
 * Redis's primary sleeps for a moment longer than a command may take, and another is made meanwhile. When it wakes,
 * whoever had asked it nothing at first is still connected to it, and the others are with the new one.
 */
export default scenario(() => ({
  title:
    "Simulated only: Redis has two primaries for two seconds, each with clients of its own: no job takes effect twice.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [{ name: "steady", arrivals: poisson("15/s", lasting("20s")), work: "100ms" }],
  faults: [at("6s", sleepPrimary("redis", { detect: "1s", believes: "2s" }), { healAfter: "2.1s" })],
  expect: [onlyTheTailIsLost({ mayStay: true }), noEffectTwice(), oneDispatchPerEpoch(), oneExecutionPerEpoch()],
}));
