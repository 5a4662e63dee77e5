import { noEffectTwice, noJobIsLost, oneExecutionPerEpoch, oneTerminalState } from "../checks/mod.ts";
import { lasting, poisson } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/** Nothing goes wrong: what the plane does when it is well, in a run that is short enough to be done many times. */
export default scenario(() => ({
  title: "120 jobs a second for six seconds, and nothing goes wrong: the figures of a plane that is well.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [{ name: "steady", arrivals: poisson("120/s", lasting("6s")), work: "20ms" }],
  faults: [],
  expect: [noJobIsLost(), noEffectTwice(), oneExecutionPerEpoch(), oneTerminalState()],
}));
