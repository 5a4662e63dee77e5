import { expect, test } from "vitest";

import { nearestNames } from "./nearest.ts";

const known = ["fencing-epoch", "job-lock", "lock-token", "outbox"];

test.each([
  ["outbx", ["outbox"]],
  ["lock", ["job-lock", "lock-token"]],
  ["fence", ["fencing-epoch"]],
  ["zebra", []],
])("%s is near to %j", (typed, nearest) => {
  expect(nearestNames(typed, known)).toEqual(nearest);
});

test("the best come first, and no more than asked for", () => {
  expect(nearestNames("lock-tokn", known, 1)).toEqual(["lock-token"]);
});
