import { expect, test } from "vitest";

import type { ReplicaEvent } from "../../core/mod.ts";
import { replicaLane, replicaLives } from "./replica-lanes.ts";

function event(replica: string, at: number, phase: ReplicaEvent["phase"]): ReplicaEvent {
  return { kind: "replica", who: "world", at, replica, role: replica.replace(/-\d+$/, ""), phase };
}

test("replicas are grouped by role as they appear, and counted as numbers", () => {
  const ids = ["worker-10", "gateway-1", "worker-2"];
  const lives = replicaLives(ids.map((id, index) => event(id, index, "starting")));
  expect(lives.map(({ replica }) => replica)).toEqual(["worker-2", "worker-10", "gateway-1"]);
});

test("a dead replica has no state, and one that resumes is what it was before the pause", () => {
  const phases = ["starting", "ready", "paused", "resumed", "stopping", "exited", "starting"] as const;
  const [life] = replicaLives(phases.map((phase, index) => event("worker-1", index * 100, phase)));
  const spans = life && replicaLane(life, 1_000).spans;
  expect(spans?.map(({ state, fromMs, toMs }) => [state, fromMs, toMs])).toEqual([
    ["starting", 0, 100],
    ["ready", 100, 200],
    ["paused", 200, 300],
    ["ready", 300, 400],
    ["stopping", 400, 500],
    ["starting", 600, 1_000],
  ]);
});

test("a lane has an end however often its replica flapped", () => {
  const events = Array.from({ length: 20_000 }, (_, at) => event("worker-1", at, at % 2 === 0 ? "starting" : "exited"));
  const [life] = replicaLives(events);
  const spans = (life && replicaLane(life, 20_000).spans) ?? [];
  expect(spans.length).toBeGreaterThan(100);
  expect(spans.length).toBeLessThanOrEqual(2_000);
  expect(spans.at(-1)?.toMs).toBeGreaterThan(19_900);
});
