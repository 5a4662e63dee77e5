import { expect, test } from "vitest";

import type { ReplicaEvent, StallEvent } from "../../core/mod.ts";
import { emptyHistory } from "../sample-record.test-support.ts";
import { unwantedStalls } from "./stalls.ts";

function stall(who: string, at: number, lastedMs: number): StallEvent {
  return { kind: "stall", who, at, lastedMs };
}

function worker(at: number, phase: ReplicaEvent["phase"]): ReplicaEvent {
  return { kind: "replica", who: "world", at, replica: "worker-1", role: "worker", phase };
}

test("a pause is no stall, and every other stall is one", () => {
  const replicas = [worker(0, "ready"), worker(1_000, "paused"), worker(5_000, "resumed")];
  const [before, during, after] = [
    stall("worker-1", 900, 200),
    stall("worker-1", 5_010, 4_005),
    stall("worker-1", 7_000, 300),
  ];
  const other = stall("worker-2", 5_010, 4_005);
  const stalls = [before, during, other, after];
  expect(unwantedStalls({ ...emptyHistory, endedAt: 9_000, replicas, stalls })).toEqual([before, other, after]);
});
