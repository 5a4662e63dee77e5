import { at, cut, kill, pause, restart, type Fault, type PlannedFault } from "../../../chaos/mod.ts";
import { lockIsExclusive, noEffectTwice, noJobIsLost, oneExecutionPerEpoch } from "../../../checks/mod.ts";
import { planTrials, type TrialPlan } from "../../../cli/run/plan.ts";
import { seededRandom, type Duration, type Random } from "../../../core/mod.ts";
import type { Load } from "../../../loadgen/mod.ts";

/** No fault begins later, and none lasts longer, so that a trial takes ten minutes of virtual time at most. */
const [latestS, longestS] = [120, 120] as const;
const jobsEach = 4;

/**
 * A trial of three replicas, two clients with four jobs each, and three faults whose kinds and hours the seed decides.
 * It ends when the last fault is healed and its jobs have ended.
 */
export function smallTrial(seed: string): TrialPlan {
  const [plan] = planTrials("steady-load", { world: "sim", seed, set: [], without: [] });
  if (!plan) throw new Error("the scenario steady-load is gone");
  const random = seededRandom(`small/${seed}`);
  return {
    ...plan,
    name: "small",
    scenario: {
      title: "Three replicas, two clients, eight jobs, three faults.",
      cluster: { gateways: 1, schedulers: 1, workers: 1 },
      load: ["one", "other"].map(loadOf),
      faults: [0, 1, 2].map(() => drawFault(random)),
      settleWithin: "300s",
      expect: [noJobIsLost(), noEffectTwice(), oneExecutionPerEpoch(), lockIsExclusive()],
    },
  };
}

function loadOf(client: string): Load {
  return {
    ...{ name: client, client, startAt: "0s", idempotency: "resend", work: "20ms" },
    arrivals: { shape: "poisson", rate: "0.1/s", count: jobsEach },
  };
}

const kinds: readonly (() => Fault)[] = [
  () => kill("scheduler-1"),
  () => kill("worker-1"),
  () => pause("scheduler-1"),
  () => pause("worker-1"),
  () => restart("scheduler-1"),
  () => cut("scheduler-1", "redis"),
  () => cut("worker-1", "nats"),
  () => cut("gateway-1", "nats"),
];

function drawFault(random: Random): PlannedFault {
  const fault = kinds[random.int(kinds.length)] ?? kinds[0]!;
  return at(seconds(random.next() * latestS), fault(), { healAfter: seconds(1 + random.next() * longestS) });
}

function seconds(count: number): Duration {
  return `${Number(count.toFixed(3))}s`;
}
