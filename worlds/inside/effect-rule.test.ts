import { expect, test } from "vitest";

import { effectRule } from "./effect-rule.ts";

const by = (execution: string, epoch: number, job = "job") => ({ job, epoch, worker: "worker-1", execution });

test("a job's first effect is accepted, whatever its epoch", () => {
  const decide = effectRule();
  expect(decide(by("a", 3)).decision).toBe("accepted");
  expect(decide(by("b", 1, "another")).decision).toBe("accepted");
});

test("an older epoch is stale, and a newer one is repeated", () => {
  const decide = effectRule();
  decide(by("a", 2));
  expect(decide(by("b", 1)).decision).toBe("stale");
  expect(decide(by("c", 3)).decision).toBe("repeated");
  expect(decide(by("d", 1)).decision).toBe("stale");
});

test("a second execution of the same epoch is accepted, so that a duplicate can be seen", () => {
  const decide = effectRule();
  decide(by("a", 1));
  expect(decide(by("b", 1))).toEqual({ decision: "accepted", again: false });
});

test("a wish that is repeated is answered again, and counts once", () => {
  const decide = effectRule();
  decide(by("a", 1));
  decide(by("b", 1));
  expect(decide(by("a", 1))).toEqual({ decision: "accepted", again: true });
  expect(decide(by("b", 1))).toEqual({ decision: "accepted", again: true });
});
