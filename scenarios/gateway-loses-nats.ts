import { at, cut } from "../chaos/mod.ts";
import {
  linkFaultsAreFelt,
  noEffectTwice,
  noJobIsLost,
  oneDispatchPerEpoch,
  oneTerminalState,
  recoversWithin,
} from "../checks/mod.ts";
import { lasting, uniform } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/**
 * A gateway cannot reach NATS, and goes on to accept jobs: each is stored with the promise to hand it over, and the
 * scheduler that leads keeps the promise in its place. The cut lasts longer than the bound on recovery.
 */
export default scenario((pace) => ({
  title:
    "A gateway is cut off from NATS and accepts jobs all the same: others hand them over, none is lost or done twice.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [{ name: "steady", arrivals: uniform("60/s", lasting(pace("120s"))), work: "5ms" }],
  faults: [at(pace("20s"), cut("gateway-1", "nats"), { healAfter: pace("70s") })],
  expect: [
    noJobIsLost(),
    noEffectTwice(),
    oneDispatchPerEpoch(),
    oneTerminalState(),
    recoversWithin(pace("55s")),
    linkFaultsAreFelt(),
  ],
}));
