import { expect, test } from "vitest";

import { everyEffectIsAcknowledged } from "./every-effect-is-acknowledged.ts";
import { effect, submitted, verdictOn } from "./story.test-support.ts";

const check = everyEffectIsAcknowledged();

test("a job that took effect was acknowledged to some client, before or after", () => {
  expect(verdictOn(check, effect("a", 90), submitted("a", 100), submitted("b", 100))).toMatchObject({
    status: "pass",
    examined: 1,
  });
});

test("a job that took effect and of which nobody was told is a violation", () => {
  const verdict = verdictOn(check, submitted("a", 100), effect("a", 120), effect("twin of a", 130));
  expect(verdict.counterexamples).toMatchObject([{ subject: "twin of a", at: 130 }]);
});

test("an effect that was refused is none", () => {
  expect(verdictOn(check, effect("a", 120, { decision: "stale" })).status).toBe("unknown");
});
