import { expect, test } from "vitest";

import { answerOf } from "./answer.ts";
import { someEvidence } from "./compare/evidence.test-support.ts";
import { someResult } from "./result.test-support.ts";

const { plan } = someEvidence();

test("the answer is a number of pods, and what the formula would have said", () => {
  expect(answerOf(plan, someResult())).toEqual({
    sentence:
      "1,000 msg/s at a p99 wait of at most 250 ms needs 7 pods, one of which may be lost (seed); the seed's formula says 5: optimistic; the model says 9: pessimistic.",
    configuration: "seed",
    formulaPods: 5,
    modelPods: 9,
    measuredPods: 7,
  });
});

test("without a pod to lose, none is spoken of", () => {
  const generous = { ...plan, ask: { ...plan.ask, away: 0 } };
  expect(answerOf(generous, someResult({ plan: generous })).sentence).toContain("needs 6 pods (seed)");
});

test("where no load was carried, there is no number", () => {
  const nothing = someResult({ knee: { at: undefined, below: undefined, above: 10, because: "" } });
  expect(answerOf(plan, nothing)).toMatchObject({ measuredPods: undefined });
  expect(answerOf(plan, nothing).sentence).toContain("no number of pods was found");
});
