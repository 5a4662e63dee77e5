import { at, crashAt } from "../chaos/mod.ts";
import { noEffectTwice, noJobIsLost, oneDispatchPerEpoch, oneExecutionPerEpoch } from "../checks/mod.ts";
import { lasting, uniform } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/** A scheduler dies after it has dispatched a job, and before it has written that down. */
export default scenario((pace) => ({
  title: "A scheduler is killed between sending a dispatch and noting that it did: the job is not dispatched twice.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [{ name: "steady", arrivals: uniform("50/s", lasting("4s")), work: "5ms" }],
  faults: [at("1s", crashAt("scheduler-1", "bus.publish", { when: "after", nth: 10 }), { healAfter: pace("40s") })],
  settleWithin: pace("150s"),
  expect: [oneDispatchPerEpoch(), oneExecutionPerEpoch(), noEffectTwice(), noJobIsLost()],
}));
