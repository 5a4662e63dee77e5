import { expect, test } from "vitest";

import { promisesIn } from "./promises.ts";
import { recoversWithin } from "./recovers-within.ts";
import { effect, executed, fault, story, submitted, verdictOn } from "./story.test-support.ts";
import { decided, done, fact, registered, started } from "./workflow-story.test-support.ts";

const order = registered(
  "order",
  fact("reserve", []),
  fact("cool", ["reserve"], { type: "delay", jobs: 0, delayMs: 500 }),
  fact("inform", ["cool"], { type: "parallel", jobs: 2 }),
  fact("agree", ["inform"], { type: "approval", jobs: 0 }),
  fact("ship", ["agree"]),
);
const informed = [done("r:inform[0]@1", 1_600, 1_700), done("r:inform[1]@1", 1_600, 1_750)];
const begun = [order, started("r", "order", 1_000), done("r:reserve@1", 1_010, 1_020)];

test("a job is owed since its acknowledgement, and a step since all before it had ended", () => {
  const told = story(submitted("job", 900), effect("job", 950), ...begun, ...informed, decided("r", "agree", 2_000));
  expect(promisesIn(told)).toEqual([
    { name: "job", load: "steady", sinceMs: 900, effectAt: 950 },
    { name: "r:reserve", load: "orders", sinceMs: 1_000, effectAt: 1_020 },
    { name: "r:inform", load: "orders", sinceMs: 1_520, effectAt: 1_750 },
    { name: "r:ship", load: "orders", sinceMs: 1_998, effectAt: undefined },
  ]);
});

test("nothing is owed while an approval waits, or the step before has not taken effect", () => {
  expect(promisesIn(story(...begun, ...informed)).map(({ name }) => name)).toEqual(["r:reserve", "r:inform"]);
  expect(promisesIn(story(...begun, executed("r:inform[0]@1", 1_600))).map(({ name }) => name)).toHaveLength(2);
});

test("recovery is judged by steps as by jobs", () => {
  const kill = fault("1 kill workflow-1", "workflow-1", 1_600, 9_000);
  expect(verdictOn(recoversWithin("150ms"), kill, ...begun, ...informed).status).toBe("pass");
  const verdict = verdictOn(recoversWithin("149ms"), kill, ...begun, ...informed);
  expect(verdict.counterexamples[0]?.because).toContain("r:inform, waiting since 1.600 s, took effect after 150 ms");
  expect(verdictOn(recoversWithin("10s"), kill, ...begun).summary).toContain("r:inform, waiting since 1.600 s, never");
});
