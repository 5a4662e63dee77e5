import { describe, expect, test } from "vitest";

import { at, crashAt, kill, pause, type PlannedFault } from "../../chaos/mod.ts";
import { noEffectTwice, noJobIsLost } from "../../checks/mod.ts";
import { jobs, uniform } from "../../loadgen/mod.ts";
import { quietConditions } from "../../worlds/sim/mod.ts";
import { planTrials, type TrialPlan } from "../run/plan.ts";
import { simulateTrial } from "./simulate-trial.ts";

const harsh = {
  ...quietConditions,
  latency: { minMs: 0.1, meanMs: 3, maxMs: 200 },
  ...{ loss: 0.02, duplication: 0.2, skewMaxMs: 2_000, driftMax: 0.002 },
};

/** Eight jobs for a small plane, and what goes wrong meanwhile. */
function plan(seed: string, faults: readonly PlannedFault[] = []): TrialPlan {
  const [base] = planTrials("two-replica-health", { world: "sim", seed, set: [], without: [] });
  if (!base) throw new Error("the scenario is gone");
  const scenario = {
    title: "Eight jobs.",
    cluster: { gateways: 1, schedulers: 1, workers: 1 },
    load: [{ name: "few", arrivals: uniform("4/s", jobs(8)), work: "5ms" as const }],
    faults,
    settleWithin: "300s" as const,
    expect: [noJobIsLost(), noEffectTwice()],
  };
  return { ...base, scenario };
}

const faults = [
  at("0.5s", crashAt("scheduler-1", "jobs.advance", { when: "after", nth: 3 }), { healAfter: "5s" }),
  at("1s", pause("worker-1"), { healAfter: "30s" }),
  at("1.5s", kill("gateway-1"), { healAfter: "1s" }),
];

describe("a simulated trial", () => {
  test("is judged like any other", async () => {
    const trial = await simulateTrial(plan("1"));
    expect(trial.broke).toBeUndefined();
    expect(trial.status).toBe("passed");
    expect(trial.verdicts.map(({ status }) => status)).toEqual(["pass", "pass"]);
    expect(trial.generator).toMatchObject({ healthy: true, operations: 8, late: 0, sendLagP99Ms: expect.any(Number) });
  });

  test("is the same for the same seed, to the last event, whatever came before it", async () => {
    const first = await simulateTrial(plan("1", faults), { conditions: harsh });
    const other = await simulateTrial(plan("2", faults), { conditions: harsh });
    const again = await simulateTrial(plan("1", faults), { conditions: harsh });
    expect(again.traceHash).toBe(first.traceHash);
    expect(again.events).toEqual(first.events);
    expect(again.kernelEvents).toBe(first.kernelEvents);
    expect(other.traceHash).not.toBe(first.traceHash);
  });

  test("finds what a missing safeguard leaves open", async () => {
    const unfenced = { ...plan("3", [faults[1]!]), without: ["worker-claim", "fencing-epoch"] as const };
    const scenario = {
      ...unfenced.scenario,
      cluster: { gateways: 1, schedulers: 1, workers: 2 },
      load: [{ name: "long", arrivals: uniform("4/s", jobs(8)), work: "2s" as const }],
      faults: [at("1s", pause("worker-1"), { healAfter: "90s" })],
    };
    const trial = await simulateTrial({ ...unfenced, scenario });
    expect(trial.verdicts.find(({ check }) => check === "no effect twice")?.status).toBe("fail");
  });

  test("says what broke it, which is no verdict", async () => {
    const trial = await simulateTrial(plan("1", [at("0.1s", kill("workflow.leader"))]));
    expect(trial.status).toBe("inconclusive");
    expect(trial.broke).toMatchObject({ code: "usage" });
  });

  test("ends early when it is told to", async () => {
    await expect(simulateTrial(plan("1"), { signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow(
      "enough",
    );
    const told = new AbortController();
    const running = simulateTrial(plan("1", faults), { signal: told.signal });
    setImmediate(() => told.abort(new Error("enough")));
    await expect(running).rejects.toThrow("enough");
    expect((await simulateTrial(plan("1"))).status).toBe("passed");
  });

  test("keeps its last steps, or all of them", async () => {
    const last = await simulateTrial(plan("1"), { trace: { last: 5 } });
    const all = await simulateTrial(plan("1"), { trace: { all: true } });
    expect(last.trace).toEqual(all.trace.slice(-5));
    expect(all.trace.length).toBeGreaterThan(all.kernelEvents);
    expect(all.traceHash).toBe(last.traceHash);
  });
});
