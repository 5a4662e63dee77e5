import { at, kill, pause, terminate } from "../chaos/mod.ts";
import {
  legalTransitions,
  lockIsExclusive,
  noEffectTwice,
  noJobIsLost,
  oneDispatchPerEpoch,
  oneExecutionPerEpoch,
  oneLeaderAtATime,
  oneTerminalState,
  recoversWithin,
} from "../checks/mod.ts";
import { lasting, poisson } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/** Longer than the bound on recovery: whoever is left must do the work, and cannot wait for the other to come back. */
const outage = "60s";

/**
 * Gate 19, fifth: the leading scheduler is stopped, then the leader of that time is killed, then the next one sleeps
 * for longer than its job locks live; each comes back. Nothing accepted is lost, and nothing takes effect twice.
 */
export default scenario((pace) => ({
  title:
    "The leading scheduler is stopped, killed, and paused beyond its locks, under load: nothing lost, nothing twice.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [{ name: "steady", arrivals: poisson("120/s", lasting(pace("260s"))), work: "10ms" }],
  faults: [
    at(pace("20s"), terminate("scheduler.leader"), { healAfter: pace(outage) }),
    at(pace("100s"), kill("scheduler.leader"), { healAfter: pace(outage) }),
    at(pace("180s"), pause("scheduler.leader"), { healAfter: pace(outage) }),
  ],
  expect: [
    noJobIsLost(),
    noEffectTwice(),
    oneExecutionPerEpoch(),
    oneDispatchPerEpoch(),
    oneTerminalState(),
    legalTransitions(),
    oneLeaderAtATime(),
    lockIsExclusive(),
    recoversWithin(pace("55s")),
  ],
}));
