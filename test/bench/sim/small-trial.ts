import { at, cut, kill, loseReply, pause, restart, type Fault, type PlannedFault } from "../../../chaos/mod.ts";
import { lockIsExclusive, noEffectTwice, noJobIsLost, oneExecutionPerEpoch } from "../../../checks/mod.ts";
import { planTrials, type TrialPlan } from "../../../cli/run/plan.ts";
import { seededRandom, type Duration, type Random } from "../../../core/mod.ts";
import type { Load } from "../../../loadgen/mod.ts";

/** Faults strike while the jobs come in and are worked on. */
const latestS = 10;
const longestS = 30;
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
      faults: ["gateway-1", "scheduler-1", "worker-1"].map((replica) => drawFault(random, replica)),
      settleWithin: "300s",
      expect: [noJobIsLost(), noEffectTwice(), oneExecutionPerEpoch(), lockIsExclusive()],
    },
  };
}

function loadOf(client: string): Load {
  return {
    ...{ name: client, client, startAt: "0s", idempotency: "resend", work: "20ms" },
    arrivals: { shape: "poisson", rate: "1/s", count: jobsEach },
  };
}

/** One fault for each replica, so that no two are about the same one. */
const kinds: readonly ((replica: string) => Fault)[] = [
  kill,
  pause,
  restart,
  (replica) => cut(replica, "redis"),
  (replica) => cut(replica, "nats"),
  (replica) => loseReply(replica, "redis"),
];

function drawFault(random: Random, replica: string): PlannedFault {
  const fault = kinds[random.int(kinds.length)] ?? kill;
  const healAfter = seconds(1 + random.next() * longestS);
  return at(seconds(random.next() * latestS), fault(replica), { healAfter });
}

function seconds(count: number): Duration {
  return `${Number(count.toFixed(3))}s`;
}
