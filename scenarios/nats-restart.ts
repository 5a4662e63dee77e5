import { at, restartServer } from "../chaos/mod.ts";
import {
  everyRunEnds,
  legalTransitions,
  noEffectTwice,
  noJobIsLost,
  oneDispatchPerEpoch,
  oneExecutionPerEpoch,
  recoversWithin,
  stepsRunOnceInOrder,
} from "../checks/mod.ts";
import { jobs, lasting, poisson, uniform, worker, workflow } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

const steps = { first: worker({ work: "50ms" }), second: worker({ work: "50ms", after: ["first"] }) };

/**
 * The bus is killed and comes back with its streams, twice: once after half a second, once after ten. What consumers
 * had acknowledged in the last quarter of a second before comes again, as if nobody had ever seen it.
 */
export default scenario((pace) => ({
  title:
    "Simulated only: NATS is killed and restarted under load, and forgets the last acknowledgements: nothing twice.",
  cluster: { gateways: 2, schedulers: 2, workflows: 2, workers: 2 },
  load: [
    { name: "steady", arrivals: poisson("8/s", lasting("35s")), work: "50ms" },
    { name: "runs", workflow: workflow("pair", steps), arrivals: uniform("1/s", jobs(30)) },
  ],
  faults: [at("5s", restartServer("nats"), { healAfter: "2s" }), at("20s", restartServer("nats", { down: "10s" }))],
  settleWithin: pace("120s"),
  expect: [
    noJobIsLost(),
    everyRunEnds(),
    noEffectTwice(),
    stepsRunOnceInOrder(),
    oneDispatchPerEpoch(),
    oneExecutionPerEpoch(),
    legalTransitions(),
    recoversWithin(pace("100s")),
  ],
}));
