import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { exitCodes, UsageError } from "../../core/mod.ts";
import { policyOf, readPolicy } from "./policy.ts";

let folder = "";
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "seatrial-policy-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const gates = join(import.meta.dirname, "..", "..", "gates");

test.each(readdirSync(gates).filter((file) => file.endsWith(".yaml")))("the example %s can be read", (file) => {
  const policy = readPolicy(join(gates, file));
  expect(policy.scenarios.length).toBeGreaterThan(0);
  expect(policy.budgets.length + policy.regressions.length).toBeGreaterThan(0);
});

test("a policy with nothing but scenarios has careful defaults", () => {
  expect(policyOf({ scenarios: ["steady-work"] }, "p.yaml")).toEqual({
    path: "p.yaml",
    scenarios: ["steady-work"],
    tuning: "fast",
    pairs: 3,
    calibration: 6,
    mode: "advisory",
    budgets: [],
    regressions: [],
  });
});

test("units are read, and a suite is its scenarios; a tuning's file lies beside the policy", () => {
  const policy = policyOf(
    {
      suite: "gate-19",
      tuning: "slow.yaml",
      mode: "strict",
      budgets: [
        { measure: "submit-p99", atMost: "250ms", scenario: "scheduler-failover" },
        { measure: "jobs-per-second", atLeast: "100/s" },
        { measure: "unacknowledged", atMost: 0 },
      ],
      regressions: [
        { measure: "submit-p50", tolerance: "25 %", minEffect: "2ms" },
        { measure: "jobs-per-second", tolerance: "10%" },
      ],
    },
    "gates/p.yaml",
  );
  expect(policy.scenarios).toHaveLength(5);
  expect(policy.tuning).toBe(join("gates", "slow.yaml"));
  expect(policy.budgets.map(({ bound, value }) => [bound, value])).toEqual([
    ["atMost", 250],
    ["atLeast", 100],
    ["atMost", 0],
  ]);
  expect(policy.budgets[0]?.scenario).toBe("scheduler-failover");
  expect(policy.regressions.map(({ tolerance, minEffect }) => [tolerance, minEffect])).toEqual([
    [0.25, { amount: 2 }],
    [0.1, { share: 0.1 }],
  ]);
});

const whole = { scenarios: ["steady-work"] };
const budget = (fields: object): object => ({ ...whole, budgets: [fields] });
const rule = (fields: object): object => ({ ...whole, regressions: [fields] });

test.each([
  [{ ...whole, scenaros: [] }, 'unknown key "scenaros"', "scenarios"],
  [{ scenarios: ["steady-wrk"] }, "scenarios[0] is unknown", "steady-work"],
  [{ suite: "gate19" }, "suite is unknown", "gate-19"],
  [{}, "runs nothing", "steady-work"],
  [{ ...whole, suite: "gate-19" }, "both a suite and scenarios", "one of them"],
  [{ ...whole, pairs: 0 }, "pairs is no whole number from 3", "3"],
  [{ ...whole, pairs: -3 }, "pairs is no whole number", "3"],
  [{ ...whole, calibration: 2.5 }, "calibration is no whole number", "6"],
  [{ ...whole, mode: "stern" }, "mode is unknown", "strict"],
  [{ ...whole, budgets: { measure: "submit-p99" } }, "budgets is no list", "dash"],
  [budget({ measure: "submit-p98", atMost: "1s" }), "measure is unknown", "submit-p99"],
  [budget({ measure: "submit-p99", atMost: "300" }), 'atMost is "300"', "250ms"],
  [budget({ measure: "submit-p99", atMost: "100/s" }), 'atMost is "100/s"', "250ms"],
  [budget({ measure: "submit-p99", atMost: "0ms" }), 'atMost is "0ms"', "above zero"],
  [budget({ measure: "jobs-per-second", atLeast: "-5/s" }), 'atLeast is "-5/s"', "100/s"],
  [budget({ measure: "submit-p99" }), "has no bound", "atMost"],
  [budget({ measure: "submit-p99", atMost: "1s", atLeast: "1ms" }), "or two", "atMost"],
  [budget({ measure: "submit-p99", atmost: "1s" }), 'unknown key "atmost"', "atMost"],
  [rule({ measure: "submit-p99", tolerance: "0 %" }), 'tolerance is "0 %"', "10 %"],
  [rule({ measure: "submit-p99", tolerance: 0.25 }), 'tolerance is "0.25"', "10 %"],
  [rule({ measure: "submit-p99" }), "tolerance is", "10 %"],
  [rule({ measure: "submit-p99", tolerance: "9 %", minEffect: "3/s" }), 'minEffect is "3/s"', "250ms"],
  [rule({ measure: "submit-p99", tolerance: "9 %", scenario: "steady" }), "scenario is unknown", "steady-work"],
  [budget({ measure: "submit-p99", atMost: "1s", scenario: "paused-worker" }), "is not run by this policy", "steady"],
  [rule({ measure: "submit-p99", tolerance: "9 %", scenario: "paused-worker" }), "is not run by this policy", "steady"],
  [{ scenarios: ["constructor"] }, "scenarios[0] is unknown", "steady-work"],
  [{ suite: "constructor" }, "suite is unknown", "gate-19"],
  [["steady-work"], "is no table", "scenarios"],
])("%j is a mistake that names its place and the way out", (value, place, wayOut) => {
  const thrown = catchError(() => policyOf(value, "p.yaml"));
  expect(thrown).toBeInstanceOf(UsageError);
  expect(thrown).toMatchObject({
    exitCode: exitCodes.usage,
    message: expect.stringContaining(place),
    hint: expect.stringContaining(wayOut),
  });
});

test("a file that is missing, or is no YAML, is a mistake", () => {
  expect(() => readPolicy(join(folder, "none.yaml"))).toThrow("Cannot read the policy");
  writeFileSync(join(folder, "bad.yaml"), "a: [b");
  expect(() => readPolicy(join(folder, "bad.yaml"))).toThrow("Cannot read the policy");
});

function catchError(act: () => unknown): unknown {
  try {
    return act();
  } catch (thrown) {
    return thrown;
  }
}
