import { expect, test } from "vitest";

import { stepJobId, stepOfJob } from "./step-job.ts";

test.each([
  { run: "run-7", step: "charge", attempt: 2 },
  { run: "0190-ab", step: "fan_out", index: 0, attempt: 1 },
  { run: "r", step: "notify.all", index: 999, attempt: 12 },
])("a step's job can be read from its id: %o", (step) => {
  expect(stepOfJob(stepJobId(step))).toEqual(step);
});

test("what follows a tilde is not looked at, and other ids are no step's", () => {
  expect(stepOfJob("run-7:charge@1~x9")).toEqual({ run: "run-7", step: "charge", attempt: 1 });
  for (const other of ["0190a-b", "run:step", "run:@1", ":step@1", "run:step[x]@1", "run:step@"]) {
    expect(stepOfJob(other)).toBeUndefined();
  }
});
