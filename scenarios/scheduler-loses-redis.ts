import { at, cut } from "../chaos/mod.ts";
import {
  legalTransitions,
  linkFaultsAreFelt,
  lockIsExclusive,
  noEffectTwice,
  noJobIsLost,
  oneDispatchPerEpoch,
  oneLeaderAtATime,
  oneTerminalState,
  recoversWithin,
} from "../checks/mod.ts";
import { lasting, poisson } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/**
 * The leading scheduler cannot reach Redis any more, and still hears NATS: it is given messages that it can do nothing
 * with, and holds leases and locks that it can neither renew nor give up. The cut lasts longer than the bound on
 * recovery, so whoever is left must do the work.
 */
export default scenario((pace) => ({
  title:
    "The leading scheduler is cut off from Redis, though not from NATS, under load: the other takes over, nothing twice.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [{ name: "steady", arrivals: poisson("100/s", lasting(pace("120s"))), work: "10ms" }],
  faults: [at(pace("20s"), cut("scheduler.leader", "redis"), { healAfter: pace("70s") })],
  expect: [
    noJobIsLost(),
    noEffectTwice(),
    oneDispatchPerEpoch(),
    oneTerminalState(),
    legalTransitions(),
    oneLeaderAtATime(),
    lockIsExclusive(),
    recoversWithin(pace("45s")),
    linkFaultsAreFelt(),
  ],
}));
