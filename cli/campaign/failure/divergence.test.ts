import { expect, test } from "vitest";

import { divergenceOf } from "./divergence.ts";

const step = (at: number, what: string) => ({ at, who: "scheduler-1", what, detail: "", size: 0, digest: 0 });
const common = [step(1, "start"), step(2, "timer")];

test("the common beginning is counted, and both next steps are shown", () => {
  const [failing, passing] = [step(3, "killed"), step(3, "deliver")];
  expect(divergenceOf([...common, failing], [...common, passing])).toEqual({ sharedSteps: 2, failing, passing });
});

test("a moment or a detail makes a difference, too", () => {
  expect(divergenceOf([step(1, "timer")], [step(1.000001, "timer")])?.sharedSteps).toBe(0);
  expect(divergenceOf([step(1, "timer")], [{ ...step(1, "timer"), detail: "1 held" }])?.sharedSteps).toBe(0);
  expect(divergenceOf([step(1, "timer")], [{ ...step(1, "timer"), digest: 1 }])?.sharedSteps).toBe(0);
});

test("one that is over earlier has no next step", () => {
  expect(divergenceOf([...common, step(3, "end")], common)).toEqual({
    sharedSteps: 2,
    failing: step(3, "end"),
    passing: undefined,
  });
});

test("two that are the same do not part", () => {
  expect(divergenceOf(common, [...common])).toBeUndefined();
});
