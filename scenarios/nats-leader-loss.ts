import { at, loseLeader } from "../chaos/mod.ts";
import {
  everyRunEnds,
  lockIsExclusive,
  noEffectTwice,
  noJobIsLost,
  oneDispatchPerEpoch,
  oneExecutionPerEpoch,
  oneLeaderAtATime,
  oneTerminalState,
  recoversWithin,
  stepsRunOnceInOrder,
} from "../checks/mod.ts";
import { jobs, lasting, poisson, uniform, worker, workflow } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

const steps = { first: worker({ work: "10ms" }), second: worker({ work: "10ms", after: ["first"] }) };

/**
 * The bus has no leader for four to eight seconds, twice, while jobs and runs come in. Jobs are accepted all the same,
 * and are handed over by the replayer once there is a leader. Its first chance may fall into the second election.
 */
export default scenario((pace) => ({
  title:
    "Simulated only: NATS loses its leader twice under load, and elects another in seconds: nothing lost or twice.",
  cluster: { gateways: 2, schedulers: 2, workflows: 2, workers: 2 },
  load: [
    { name: "steady", arrivals: poisson("8/s", lasting("35s")), work: "50ms" },
    { name: "runs", workflow: workflow("pair", steps), arrivals: uniform("1/s", jobs(30)) },
  ],
  faults: [at("5s", loseLeader("nats")), at("20s", loseLeader("nats"))],
  settleWithin: pace("120s"),
  expect: [
    noJobIsLost(),
    everyRunEnds(),
    noEffectTwice(),
    stepsRunOnceInOrder(),
    oneDispatchPerEpoch(),
    oneExecutionPerEpoch(),
    oneTerminalState(),
    oneLeaderAtATime(),
    lockIsExclusive(),
    recoversWithin(pace("100s")),
  ],
}));
