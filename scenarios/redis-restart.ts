import { at, restartServer } from "../chaos/mod.ts";
import {
  everyRunEnds,
  legalTransitions,
  lockIsExclusive,
  noEffectTwice,
  noJobIsLost,
  oneJobPerKey,
  oneLeaderAtATime,
  oneTerminalState,
  recoversWithin,
  stepsRunOnceInOrder,
} from "../checks/mod.ts";
import { jobs, lasting, poisson, uniform, worker, workflow } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

const steps = { first: worker({ work: "10ms" }), second: worker({ work: "10ms", after: ["first"] }) };

/**
 * The store is killed and comes back with all its data, and without the scripts that it had been given, twice: once
 * after half a second, once after ten. Whoever asked for something when it died does not know what became of it.
 */
export default scenario((pace) => ({
  title: "Simulated only: Redis, with an append-only file, is killed and restarted under load: nothing lost or twice.",
  cluster: { gateways: 2, schedulers: 2, workflows: 2, workers: 2 },
  load: [
    { name: "steady", arrivals: poisson("8/s", lasting("35s")), idempotency: "resend", work: "50ms" },
    { name: "runs", workflow: workflow("pair", steps), arrivals: uniform("1/s", jobs(30)), idempotency: "resend" },
  ],
  faults: [at("5s", restartServer("redis"), { healAfter: "2s" }), at("20s", restartServer("redis", { down: "10s" }))],
  settleWithin: pace("120s"),
  expect: [
    noJobIsLost(),
    oneJobPerKey(),
    everyRunEnds(),
    noEffectTwice(),
    stepsRunOnceInOrder(),
    oneTerminalState(),
    legalTransitions(),
    oneLeaderAtATime(),
    lockIsExclusive(),
    recoversWithin(pace("100s")),
  ],
}));
