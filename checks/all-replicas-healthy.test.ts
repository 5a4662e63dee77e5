import { describe, expect, test } from "vitest";

import { allReplicasHealthy } from "./all-replicas-healthy.ts";
import { health, milestone, replica, story, verdictOn } from "./story.test-support.ts";

const up = (name: string) => [replica(name, "starting", 1), replica(name, "ready", 5), health(name, true, 6)];
const cluster = [up("gateway-1"), up("gateway-2"), up("scheduler-1")].flat();

describe("allReplicasHealthy", () => {
  test("accepts a cluster that came up, and does not mind that it is taken down after the end", () => {
    const verdict = verdictOn(
      allReplicasHealthy({ gateway: 2, scheduler: 1 }),
      ...cluster,
      health("gateway-1", false, 7),
      milestone("end", 50),
      replica("gateway-1", "exited", 60),
    );
    expect(verdict).toMatchObject({ status: "pass", examined: 5, violations: 0 });
  });

  test("rejects a replica that never became ready", () => {
    const verdict = verdictOn(allReplicasHealthy(), ...cluster, replica("worker-1", "starting", 1));
    expect(verdict.counterexamples).toEqual([{ subject: "worker-1", because: "it never became ready" }]);
  });

  test("rejects a replica that nobody saw healthy after it became ready", () => {
    const late = [replica("worker-1", "ready", 5), health("worker-1", true, 4), health("worker-1", false, 6)];
    expect(verdictOn(allReplicasHealthy(), ...cluster, ...late)).toMatchObject({ status: "fail", violations: 1 });
  });

  test("rejects a replica that exited, even if it came back", () => {
    const verdict = verdictOn(
      allReplicasHealthy(),
      ...cluster,
      replica("gateway-2", "exited", 20),
      replica("gateway-2", "ready", 30),
      health("gateway-2", true, 31),
      milestone("end", 50),
    );
    expect(verdict.counterexamples).toEqual([{ subject: "gateway-2", because: "it exited at 0.020 s" }]);
  });

  test("rejects a role with fewer replicas than asked for", () => {
    const verdict = verdictOn(allReplicasHealthy({ gateway: 3, worker: 1 }), ...cluster);
    expect(verdict.counterexamples).toEqual([
      { subject: "gateway", because: "2 of at least 3 were healthy" },
      { subject: "worker", because: "0 of at least 1 were healthy" },
    ]);
  });

  test("is unknown when the world told of no replica, whatever was asked for", () => {
    expect(allReplicasHealthy({ gateway: 2 }).judge(story(health("gateway-1", true, 6))).status).toBe("unknown");
  });
});
