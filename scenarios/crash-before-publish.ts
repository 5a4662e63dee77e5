import { at, crashAt } from "../chaos/mod.ts";
import { noEffectTwice, noJobIsLost, oneTerminalState, recoversWithin } from "../checks/mod.ts";
import { lasting, uniform } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/** A scheduler dies after it has written that a job is dispatched, and before it has dispatched it. */
export default scenario((pace) => ({
  title: "A scheduler is killed between writing a dispatch down and sending it: the dispatch is sent all the same.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [{ name: "steady", arrivals: uniform("50/s", lasting("4s")), work: "5ms" }],
  faults: [
    at("1s", crashAt("scheduler-1", "jobs.advance:DISPATCHED", { when: "after", nth: 10 }), { healAfter: pace("40s") }),
  ],
  settleWithin: pace("150s"),
  expect: [noJobIsLost(), noEffectTwice(), oneTerminalState(), recoversWithin(pace("150s"))],
}));
