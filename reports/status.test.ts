import { expect, test } from "vitest";

import { sampleRecord, sampleVerdict } from "./sample-record.test-support.ts";
import { statusSentence, worstFirst } from "./status.ts";

const [pass, fail, unknown] = (["pass", "fail", "unknown"] as const).map((status) => sampleVerdict({ status }));

test("verdicts are ordered by what matters, and otherwise as the scenario names them", () => {
  const named = (["pass", "unknown", "fail", "pass", "fail"] as const).map((status, index) =>
    sampleVerdict({ status, check: `${status} ${index}` }),
  );
  expect(worstFirst(named).map(({ check }) => check)).toEqual(["fail 2", "fail 4", "unknown 1", "pass 0", "pass 3"]);
});

test.each([
  [[], "Nothing was examined."],
  [[pass], "The one check holds."],
  [[pass, pass], "All 2 checks hold."],
  [[pass, fail], "1 of 2 checks fails."],
  [[fail, fail, unknown], "2 of 3 checks fail, 1 could not be judged."],
  [[pass, unknown], "1 of 2 checks could not be judged."],
])("%# the verdicts in a sentence", (verdicts, sentence) => {
  expect(statusSentence(sampleRecord({ verdicts: verdicts.filter((each) => each !== undefined) }))).toBe(sentence);
});

test("an interruption and a sick generator are told even when all checks hold", () => {
  const generator = { ...sampleRecord().generator, healthy: false, because: "The generator was 90 ms late." };
  expect(statusSentence(sampleRecord({ status: "interrupted", generator }))).toBe(
    "The one check holds. The run was interrupted. The generator was 90 ms late.",
  );
});
