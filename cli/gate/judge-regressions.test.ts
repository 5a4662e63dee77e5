import { expect, test } from "vitest";

import { seededRandom } from "../../core/mod.ts";
import { measureDefinitions } from "../../reports/mod.ts";
import { normals } from "../../statistics/normal.test-support.ts";
import { judgeRegression } from "./judge-regressions.ts";
import { madeUpRuns } from "./made-up-runs.test-support.ts";
import type { RegressionRule } from "./policy.ts";

const rule: RegressionRule = {
  measure: measureDefinitions.submitP50,
  tolerance: 0.25,
  minEffect: { amount: 5 },
};

const twice = madeUpRuns([
  [10, 20],
  [11, 22.5],
  [9, 18],
]);

test("twice as slow, in every pair, is a regression", () => {
  const { status, summary, name } = judgeRegression(rule, twice, []);
  expect(status).toBe("failed");
  expect(name).toBe("submit latency p50 is worse than the baseline's by 25 % at most");
  expect(summary).toContain("10 ms with the baseline, 20 ms with the candidate: ×2.02 (95 %: 1.");
});

test("less throughput is a regression, more is none", () => {
  const throughput: RegressionRule = { ...rule, measure: measureDefinitions.jobsPerSecond };
  const halved = madeUpRuns(
    [
      [100, 50],
      [101, 51],
      [99, 49],
    ],
    throughput.measure,
  );
  const doubled = madeUpRuns(
    [
      [50, 100],
      [51, 101],
      [49, 99],
    ],
    throughput.measure,
  );
  expect(judgeRegression(throughput, halved, []).status).toBe("failed");
  expect(judgeRegression(throughput, doubled, []).status).toBe("passed");
});

test("each of the conditions alone keeps it from being one", () => {
  const within = madeUpRuns([
    [100, 120],
    [101, 121],
    [99, 119],
  ]);
  expect(judgeRegression(rule, within, []).status, "within the tolerance").toBe("passed");

  const tiny = madeUpRuns([
    [1, 2],
    [1.1, 2.2],
    [0.9, 1.8],
  ]);
  expect(judgeRegression(rule, tiny, []).status, "smaller than the least effect").toBe("passed");
  expect(judgeRegression({ ...rule, minEffect: { share: 1.5 } }, twice, []).status).toBe("passed");

  const unsure = madeUpRuns([
    [10, 40],
    [10, 11],
    [10, 20],
  ]);
  const { status, summary } = judgeRegression(rule, unsure, []);
  expect(status, "the interval reaches below the tolerance").toBe("passed");
  expect(summary).toContain("more than 25 % cannot be ruled out");

  expect(judgeRegression(rule, twice, [0.5, -0.5, 0.6]).status, "noise alone could make it").toBe("passed");
  expect(judgeRegression(rule, twice, [0.05, -0.05, 0.02]).status, "and this noise could not").toBe("failed");
});

test("too few pairs, or a measure that no run could tell, decide nothing", () => {
  expect(judgeRegression(rule, twice.slice(0, 4), []).status).toBe("inconclusive");
  const missing = judgeRegression(
    rule,
    madeUpRuns([
      [1, undefined],
      [1, undefined],
      [1, undefined],
    ]),
    [],
  );
  expect(missing).toMatchObject({ status: "inconclusive", summary: "Not measured: insufficient samples." });
  expect(
    judgeRegression(
      rule,
      madeUpRuns([
        [0, 1],
        [1, 1],
        [1, 1],
      ]),
      [],
    ).status,
  ).toBe("inconclusive");
});

test("counts may be zero", () => {
  const counts: RegressionRule = { ...rule, measure: measureDefinitions.repeatedExecutions, minEffect: { amount: 3 } };
  expect(
    judgeRegression(
      counts,
      madeUpRuns(
        [
          [0, 0],
          [0, 0],
          [0, 0],
        ],
        counts.measure,
      ),
      [],
    ).status,
  ).toBe("passed");
  expect(
    judgeRegression(
      counts,
      madeUpRuns(
        [
          [0, 9],
          [0, 8],
          [0, 9],
        ],
        counts.measure,
      ),
      [],
    ).status,
  ).toBe("failed");
});

test("of two hundred gates on equal runs, noisy as they are, hardly any raises a suspicion", () => {
  const random = seededRandom("false alarms");
  let suspected = 0;
  for (let gate = 0; gate < 200; gate++) {
    const values = normals(6, random, 0.3).map((value) => 100 * Math.exp(value));
    const pairs = [0, 1, 2].map((pair) => [values[2 * pair], values[2 * pair + 1]] as const);
    if (judgeRegression(rule, madeUpRuns(pairs), []).status === "failed") suspected += 1;
  }
  expect(suspected, "and a suspicion must be confirmed").toBeLessThan(5);
});

test("a rule that noise keeps from seeing a change of its tolerance passes, and says how much noise there is", () => {
  const equal = madeUpRuns([
    [10, 10.1],
    [10, 9.9],
    [10, 10],
  ]);
  const blind = judgeRegression(rule, equal, [0.5, -0.5, 0.6]);
  expect(blind.status).toBe("passed");
  expect(blind.blind?.measure).toBe("submit latency p50");
  expect(blind.blind?.noise).toBeCloseTo((3.182 * 0.535) / Math.sqrt(3), 1);
  expect(judgeRegression(rule, equal, [0.01, -0.02, 0.01]).blind, "little noise hides nothing").toBeUndefined();
  const scattered = madeUpRuns([
    [10, 5],
    [10, 20],
    [10, 10],
  ]);
  expect(judgeRegression(rule, scattered, []).blind?.noise, "the pairs themselves are noise").toBeGreaterThan(1);
  expect(judgeRegression(rule, twice, []).blind, "what failed was seen").toBeUndefined();
});
