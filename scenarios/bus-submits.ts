import { at, kill } from "../chaos/mod.ts";
import {
  legalTransitions,
  noEffectTwice,
  noJobIsLost,
  oneDispatchPerEpoch,
  oneExecutionPerEpoch,
  oneTerminalState,
} from "../checks/mod.ts";
import { lasting, uniform } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/** Jobs that no gateway has seen: whole requests on the bus, as services of the plane send them. */
export default scenario((pace) => ({
  title: "Jobs are published to the bus itself while a scheduler is killed: what the stream took takes effect once.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [{ name: "published", arrivals: uniform("100/s", lasting("10s")), work: "5ms", via: "bus" }],
  faults: [at(pace("30s"), kill("scheduler.leader"), { healAfter: pace("40s") })],
  expect: [
    noJobIsLost(),
    noEffectTwice(),
    oneDispatchPerEpoch(),
    oneExecutionPerEpoch(),
    oneTerminalState(),
    legalTransitions(),
  ],
}));
