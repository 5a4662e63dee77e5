import { expect, test } from "vitest";

import { missingProgram } from "./needed-program.ts";

const k6 = { for: "k6", isThere: false, missing: "k6 is not built" };

test.each([
  ["skips, with the way out", undefined, true, "skip"],
  ["skips where CI is said to be off", "false", true, "skip"],
  ["skips in a CI without Go, which cannot build it", "true", false, "skip"],
  ["fails in a CI with Go", "true", true, "fail"],
])("a missing program %s", (_sentence, ci, hasGo, outcome) => {
  expect(missingProgram(k6, { ci, hasGo })).toMatchObject({
    outcome,
    reason: expect.stringContaining("k6 is not built: doctor --fix --for k6") as string,
  });
});

test("a program that is there is no matter", () => {
  expect(missingProgram({ ...k6, isThere: true }, { ci: "true", hasGo: true })).toBeUndefined();
});
