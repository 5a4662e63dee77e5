import { expect, test } from "vitest";

import { milestone, story } from "../../../checks/story.test-support.ts";
import type { Counterexample } from "../../../core/mod.ts";
import { sampleVerdict } from "../../../reports/sample-record.test-support.ts";
import { simulateRecipe } from "../seed-report.ts";
import { fakeSimulation, recipeFor } from "../fake-simulation.test-support.ts";
import { stepsBefore } from "./steps-before.ts";

const lost = "no job is lost";

test("the steps up to the first counterexample are shown, and none of later ones", async () => {
  const shown = await shownOf([{ subject: "job-1", because: "it is lost", at: 40 }, second]);
  expect([shown.length, shown[0], shown.at(-1)]).toEqual([20, 21, 40]);
});

test("without a moment, the steps are those before what is judged was over", async () => {
  expect((await shownOf([{ subject: "job-1", because: "it is lost" }, second])).at(-1)).toBe(70);
  expect((await shownOf([])).at(-1)).toBe(70);
});

test("a failure right at the beginning has few steps before it", async () => {
  expect(await shownOf([{ subject: "job-1", because: "it is lost", at: 2.5 }])).toEqual([1, 2]);
});

const second: Counterexample = { subject: "job-2", because: "it is lost, too", at: 50 };

/** When the steps happened that are shown of a run with a step in each of its first 100 ms, judged until 70 ms. */
async function shownOf(counterexamples: Counterexample[]): Promise<number[]> {
  const trial = await simulateRecipe(
    recipeFor("canary"),
    fakeSimulation(() => ({})),
    { all: true },
  );
  const trace = Array.from({ length: 100 }, (_, index) => ({ ...trial.trace[0]!, at: index + 1 }));
  const verdicts = [
    sampleVerdict({ check: "another", counterexamples: [second] }),
    sampleVerdict({ check: lost, counterexamples }),
  ];
  return stepsBefore({ ...trial, trace, verdicts, history: story(milestone("end", 70)) }, lost).map(({ at }) => at);
}
