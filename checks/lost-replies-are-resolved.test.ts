import { expect, test } from "vitest";

import type { OperationEvent } from "../core/mod.ts";
import { lostRepliesAreResolved } from "./lost-replies-are-resolved.ts";
import { submitted, verdictOn } from "./story.test-support.ts";

const check = lostRepliesAreResolved();

function sent(key: string, at: number, outcome: OperationEvent["outcome"]): OperationEvent {
  return submitted(outcome === "ok" ? `job of ${key}` : undefined, at, { outcome, idempotencyKey: key });
}

test("a key whose first outcome was unknown is acknowledged when it is sent again", () => {
  const verdict = verdictOn(check, sent("a", 500, "unknown"), sent("a", 700, "ok"), sent("b", 800, "ok"));
  expect(verdict).toMatchObject({ status: "pass", examined: 1 });
  expect(verdict.measurements).toContainEqual({ name: "resolvedAfterMsMax", value: 202 });
});

test("a key that is never acknowledged is a violation", () => {
  const verdict = verdictOn(check, sent("a", 500, "unknown"), sent("a", 700, "error"));
  expect(verdict).toMatchObject({ status: "fail", violations: 1 });
  expect(verdict.counterexamples[0]?.because).toBe("it was sent 2 times and never acknowledged");
});

test("when no reply was lost nothing was tried", () => {
  expect(verdictOn(check, sent("a", 500, "ok"), submitted(undefined, 600, { outcome: "unknown" })).status).toBe(
    "unknown",
  );
});
