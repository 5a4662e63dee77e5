import { expect, test } from "vitest";

import type { HistoryEvent } from "../core/mod.ts";
import { faultsMeetRuns } from "./faults-meet-runs.ts";
import { verdictOn } from "./story.test-support.ts";
import { done, fact, registered, started } from "./workflow-story.test-support.ts";

const fault = (at: number, phase: "begin" | "strike"): HistoryEvent => ({
  ...{
    kind: "fault",
    phase,
    fault: "1 pause workflow-1",
    action: "pause",
    targets: ["workflow-1"],
    at,
    who: "harness",
  },
});
const struck = [fault(50, "begin"), fault(100, "strike")];
const workflow = registered("order", fact("reserve", []), fact("cool", ["reserve"], { type: "delay", jobs: 0 }));

test("counts the runs that were acknowledged, and had not had all their effects, at the strike", () => {
  const ended = [started("a", "order", 10), done("a:reserve@1", 20, 30)];
  const underWay = [started("b", "order", 10), done("b:reserve@1", 80, 120)];
  const forEver = started("c", "order", 10);
  const late = [started("d", "order", 101), done("d:reserve@1", 102, 130)];
  const story = [workflow, ...struck, ...ended, ...underWay, forEver, ...late];
  expect(verdictOn(faultsMeetRuns(2), ...story)).toMatchObject({ status: "pass", examined: 1 });
  const verdict = verdictOn(faultsMeetRuns(3), ...story);
  expect(verdict.status).toBe("unknown");
  expect(verdict.summary).toContain("1 pause workflow-1 struck with 2 runs under way, and not 3");
});

test("is unknown when no fault struck", () => {
  expect(verdictOn(faultsMeetRuns(1), workflow, started("a", "order", 10), fault(50, "begin")).status).toBe("unknown");
});
