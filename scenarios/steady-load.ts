import { legalTransitions, noEffectTwice, noJobIsLost, oneTerminalState } from "../checks/mod.ts";
import { lasting, uniform } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/** The same even load for any engine, so that what each of them sees can be laid side by side. */
export default scenario(() => ({
  title: "An even load without faults, which every load engine can send: all of it takes effect once.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [{ name: "steady", arrivals: uniform("100/s", lasting("10s")), work: "5ms" }],
  faults: [],
  expect: [noJobIsLost(), noEffectTwice(), oneTerminalState(), legalTransitions()],
}));
