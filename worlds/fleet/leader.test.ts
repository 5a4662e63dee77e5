import { expect, test } from "vitest";

import { holderAmong } from "./leader.ts";

const schedulers = [{ id: "scheduler-1" }, { id: "scheduler-12" }];

test.each([
  ["scheduler-12:token", "scheduler-12"],
  ["scheduler-1/7/token", "scheduler-1"],
  ["scheduler-1", "scheduler-1"],
  ["scheduler-3:token", undefined],
])("a lease that says %s is held by %s", (value, leader) => {
  expect(holderAmong(value, schedulers)?.id).toBe(leader);
});
