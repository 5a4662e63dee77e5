import { beforeAll, describe, expect, test } from "vitest";

import { UsageError } from "../../core/mod.ts";
import { recipeFor } from "../campaign/fake-simulation.test-support.ts";
import { poolInProcess } from "../campaign/pool/pool.ts";
import { runSeed, type Simulate } from "../campaign/seed-report.ts";
import { operationsIn } from "../recipe/recipe.ts";
import { simulateTrial } from "../simulate/simulate-trial.ts";
import { crashPointsOf, type CountedCall, type CrashPoint } from "./crash-points.ts";
import { pointName, sweepResultOf } from "./result.ts";
import { soloRecipe, withCrashAt } from "./solo-recipe.ts";
import { assertReplica, sweep, type Swept } from "./sweep.ts";

const recipe = soloRecipe(recipeFor("two-replica-health"));
const nobody = new AbortController().signal;

describe("a sweep of one job over a simulated plane", () => {
  let swept: Swept;
  let planned: string[];
  beforeAll(async () => {
    const heard: string[] = [];
    const simulate: Simulate = (plan, options) => {
      heard.push(JSON.stringify(plan.scenario.faults.map(({ fault }) => fault.data)));
      return simulateTrial(plan, options);
    };
    const tools = { pool: poolInProcess(simulate), simulate, signal: nobody, onPoint: () => {} };
    swept = await sweep({ recipe, replica: "worker" }, tools);
    planned = heard.slice(2);
  });

  test("hears the calls of every role that the job takes part in", () => {
    const names = swept.calls.map(({ replica, name }) => `${replica.replace(/-\d$/, "")} ${name}`);
    expect(names).toEqual(
      expect.arrayContaining([
        "gateway jobs.create",
        "gateway bus.publish",
        "scheduler jobs.advance:DISPATCHED",
        "scheduler redis.script:lock-release",
        "worker jobs.claim",
        "worker bus.publish",
        "scheduler jobs.advance:SUCCEEDED",
      ]),
    );
  });

  test("lets the replica die before and after each of them, every one, and each crash strikes", () => {
    const wanted = swept.swept.flatMap(({ replica, call, nth }) =>
      ["before", "after"].map((when) =>
        JSON.stringify([{ action: "crashAt", selector: replica, call, options: { when, nth } }]),
      ),
    );
    expect(swept.swept.length).toBeGreaterThanOrEqual(4);
    expect(planned).toEqual(wanted);
    const unstruck = swept.points.filter(({ report }) => report.outcome === "inconclusive");
    expect(unstruck.map(({ point }) => pointName(point))).toEqual([]);
  });

  test("finds that no guarantee is broken, wherever a worker dies", () => {
    const result = resultOf(swept);
    expect([result.status, result.failures]).toEqual(["passed", []]);
    expect(result.rows.reduce((sum, { tried }) => sum + tried, 0)).toBe(2 * swept.swept.length);
  });
});

test("without a safeguard, a point at which it is needed is found", async () => {
  const diesBefore = async (replica: string, without: readonly string[]) => {
    const point: CrashPoint = { replica, call: "bus.publish", name: "bus.publish", nth: 1, when: "before" };
    const solo = soloRecipe(recipeFor("two-replica-health", "1", without));
    return (await runSeed(withCrashAt(solo, point), simulateTrial)).outcome;
  };
  const schedulers = ["scheduler-1", "scheduler-2"];
  const guarded: string[] = [];
  const bare: string[] = [];
  for (const replica of schedulers) guarded.push(await diesBefore(replica, []));
  for (const replica of schedulers) bare.push(await diesBefore(replica, ["outbox"]));
  expect(guarded, "one of the two has the job, and the other's trap never springs").toContain("passed");
  expect(guarded).not.toContain("failed");
  expect(bare).toContain("failed");
});

test("a sweep that was cut short is no pass", () => {
  const call: CountedCall = { replica: "worker-1", call: "jobs.claim", name: "jobs.claim", nth: 1 };
  const report = { recipe, outcome: "passed", red: [], coverage: {}, traceHash: "" } as never;
  const points = crashPointsOf([call]).map((point) => ({ point, report }));
  const swept: Swept = { control: report, calls: [call], swept: [call], points };
  expect(resultOf(swept).status).toBe("passed");
  expect(resultOf({ ...swept, points: points.slice(1) }).status).toBe("inconclusive");
  expect(resultOf({ ...swept, swept: [], points: [] }).status).toBe("inconclusive");
});

test("a replica that there is not is refused, and all that there are named", () => {
  const refused = expect.objectContaining({ hint: expect.stringContaining("gateway-1, ") as string }) as Error;
  expect(() => assertReplica({ recipe, replica: "zebra" })).toThrow(refused);
  expect(() => assertReplica({ recipe, replica: "worker-9" })).toThrow(UsageError);
  for (const replica of ["worker", "worker-1"]) assertReplica({ recipe, replica });
  assertReplica({ recipe });
});

test("one job, and one run where there are workflows; nothing of the scenario's faults", () => {
  expect([operationsIn(recipe), recipe.faults]).toEqual([1, []]);
  const runs = soloRecipe(recipeFor("workflow-failover"));
  expect([operationsIn(runs), Object.keys(runs.loads)]).toEqual([1, ["50 runs"]]);
  expect(() => soloRecipe(recipeFor("bus-submits"))).toThrow(UsageError);
});

function resultOf(swept: Swept) {
  const facts = { wallMs: 1, interrupted: false, reproduce: "", replayOf: () => undefined };
  return sweepResultOf(swept, { ...facts, order: { recipe } });
}
