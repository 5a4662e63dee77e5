import { at, kill, pauseAt } from "../chaos/mod.ts";
import {
  delaysAreNotEarly,
  everyRunEnds,
  faultsMeetRuns,
  lockIsExclusive,
  noEffectTwice,
  oneLeaderAtATime,
  recoversWithin,
  stepsRunOnceInOrder,
} from "../checks/mod.ts";
import { approval, condition, forEach, jobs, parallel, pauseFor, uniform, worker, workflow } from "../loadgen/mod.ts";
import { scenario, type Pace } from "./scenario.ts";

/** Longer than the bound on recovery: who is left must do the work, and cannot wait for the other to come back. */
const outage = "120s";

/** A step of each type. The delays keep every run under way until well after the fault that its load leads up to. */
const order = (pace: Pace) =>
  workflow(
    "order",
    {
      reserve: worker({ work: "10ms" }),
      charge: worker({ work: "10ms", failAttempts: 1, retry: { max: 3, backoff: "100ms" } }),
      cool: pauseFor(pace("20s")),
      large: condition("input.amount > 100"),
      inform: parallel(2, { work: "5ms", after: ["large"], when: "steps.large.output" }),
      pack: forEach({ expression: "input.parcels", jobs: 3 }, { work: "5ms", after: ["cool"], maxParallel: 2 }),
      agree: approval("Ship it?", { after: ["inform", "pack"] }),
      settle: pauseFor(pace("15s")),
      ship: worker({ work: "10ms" }),
    },
    { input: { amount: 250, parcels: ["a", "b", "c"] } },
  );

/**
 * Fifty runs are under way when the leading workflow engine is killed; fifty more when the next one falls asleep with
 * a run in hand, and sleeps for longer than its lock lives.
 */
export default scenario((pace) => ({
  title:
    "A workflow engine is killed, and one sleeps beyond its run lock, with 50 runs under way: each step once, in order.",
  cluster: { gateways: 2, schedulers: 2, workflows: 2, workers: 2 },
  load: [
    { name: "50 runs", workflow: order(pace), arrivals: uniform("50/s", jobs(50)), idempotency: "resend" },
    {
      name: "50 more",
      workflow: order(pace),
      arrivals: uniform("50/s", jobs(50)),
      startAt: pace("150s"),
      idempotency: "resend",
    },
  ],
  faults: [
    at(pace("20s"), kill("workflow.leader"), { healAfter: pace(outage) }),
    at(pace("165s"), pauseAt("workflow.leader", "runs.save"), { healAfter: pace(outage) }),
  ],
  settleWithin: pace("200s"),
  expect: [
    stepsRunOnceInOrder(),
    everyRunEnds(),
    faultsMeetRuns(50),
    delaysAreNotEarly(),
    noEffectTwice(),
    lockIsExclusive(),
    oneLeaderAtATime(),
    recoversWithin(pace("100s")),
  ],
}));
