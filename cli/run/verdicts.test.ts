import { expect, test } from "vitest";

import { indexHistory, type GeneratorHealth, type HistoryEvent } from "../../core/mod.ts";
import { planTrials, type TrialPlan } from "./plan.ts";
import { recordOf, verdictsOf } from "./verdicts.ts";

const nothing: HistoryEvent[] = [{ kind: "phase", phase: "end", at: 1_234.5, who: "harness" }];
const machine = { cores: 2, memoryMb: 1, node: "v24", redis: "7.0.15", nats: "2.9.10" };
const generator: GeneratorHealth = {
  healthy: true,
  ...{ operations: 0, dropped: 0, late: 0, sendLagP50Ms: 0, sendLagP99Ms: 0, eventLoopDelayP99Ms: 0 },
};

function planOf(name: string): TrialPlan {
  const [plan] = planTrials(name, { seed: "7", tuning: "fast", set: [], without: [] });
  if (!plan) throw new Error(`no plan of ${name}`);
  return plan;
}

test("every expectation gets its verdict, and, where there are faults, that they struck too", () => {
  const history = indexHistory(nothing);
  const [calm, broken] = [planOf("two-replica-health").scenario, planOf("scheduler-failover").scenario];
  expect(verdictsOf(calm, history)).toHaveLength(calm.expect.length);
  expect(verdictsOf(broken, history)).toHaveLength(broken.expect.length + 1);
});

test("a history in which nothing happened makes no record of a trial that passed", () => {
  const plan = planOf("two-replica-health");
  const record = recordOf({ plan, startedAtUnixMs: 5, generator, machine }, indexHistory(nothing));
  expect(record).toMatchObject({ status: "inconclusive", lastedMs: 1_235, startedAtUnixMs: 5, seed: "7", machine });
  expect(record.reproduce).toContain("run two-replica-health --seed 7");
});

test("the command that does a trial again can be another", () => {
  const facts = { plan: planOf("two-replica-health"), startedAtUnixMs: 5, generator, machine, reproduce: "again" };
  expect(recordOf(facts, indexHistory(nothing)).reproduce).toBe("again");
});
