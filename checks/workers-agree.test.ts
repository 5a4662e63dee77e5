import { describe, expect, test } from "vitest";

import type { HistoryEvent } from "../core/mod.ts";
import { listed, milestone, replica, verdictOn } from "./story.test-support.ts";
import { workersAgree } from "./workers-agree.ts";

const check = workersAgree({ within: "3s" });
const both = ["worker-1", "worker-2"];
const up = ["gateway-1", "gateway-2", "worker-1", "worker-2"].map((name) => replica(name, "ready", 10));
const end = milestone("end", 30_000);

/** What both gateways list, twice a second from one moment until just before another. */
function watched(
  workers: readonly string[],
  fromMs: number,
  toMs: number,
  gateways = ["gateway-1", "gateway-2"],
): HistoryEvent[] {
  const moments = Array.from({ length: Math.ceil((toMs - fromMs) / 500) }, (_, index) => fromMs + index * 500);
  return moments.flatMap((at) => gateways.map((gateway) => listed(gateway, workers, at)));
}

describe("workersAgree", () => {
  test("accepts gateways that follow each change within the bound, and measures how fast", () => {
    const verdict = verdictOn(
      check,
      ...[up, watched([], 100, 1_000), watched(both, 1_000, 12_000)],
      ...[replica("worker-2", "exited", 10_000), watched(["worker-1"], 12_000, 30_000), end],
    );
    expect(verdict).toMatchObject({ status: "pass", examined: 4, check: "workers agree within 3 s" });
    expect(verdict.measurements).toEqual([
      { name: "convergenceMsMax", value: 2_000 },
      { name: "convergenceMs/worker-2 ready", value: 990 },
      { name: "convergenceMs/worker-2 exited", value: 2_000 },
    ]);
  });

  test("rejects a gateway that lists a dead worker for too long", () => {
    const verdict = verdictOn(
      check,
      ...[up, watched(both, 100, 14_000), replica("worker-2", "exited", 10_000)],
      ...[watched(["worker-1"], 14_000, 30_000), end],
    );
    expect(verdict).toMatchObject({ status: "fail", examined: 4, violations: 2 });
    expect(verdict.counterexamples[0]).toEqual({
      subject: "gateway-1",
      because: "3.1 s after worker-2 exited it listed worker-1, worker-2; there lived worker-1",
      at: 13_100,
    });
  });

  test("rejects a gateway that misses a worker, even for a moment in between", () => {
    const flicker = listed("gateway-2", ["worker-1"], 20_250);
    const verdict = verdictOn(check, up, watched(both, 100, 30_000), flicker, end);
    expect(verdict).toMatchObject({ status: "fail", violations: 1 });
    expect(verdict.counterexamples[0]).toMatchObject({ subject: "gateway-2", at: 20_250 });
  });

  test("rejects a gateway that lists a worker of somebody's imagination", () => {
    expect(verdictOn(check, up, watched([...both, "worker-9"], 100, 30_000), end).status).toBe("fail");
  });

  test("lets a worker that sleeps or stops be listed or not, until it is back or gone", () => {
    const nap = [replica("worker-2", "paused", 10_000), replica("worker-2", "resumed", 20_000)];
    const lists = [watched(both, 100, 15_000), watched(["worker-1"], 15_000, 22_000), watched(both, 22_000, 30_000)];
    expect(verdictOn(check, up, ...lists, ...nap, end).status).toBe("pass");
    expect(verdictOn(check, up, ...lists, end).status).toBe("fail");
  });

  test("asks nothing of a gateway that was down, nor after the end of the trial", () => {
    const down = replica("gateway-2", "exited", 5_000);
    const lists = [watched(both, 100, 5_000), watched(both, 5_000, 30_000, ["gateway-1"])];
    const takenDown = both.map((name) => replica(name, "exited", 31_000));
    expect(verdictOn(check, up, ...lists, down, end, ...takenDown, replica("x-1", "exited", 60_000))).toMatchObject({
      status: "pass",
      examined: 1,
    });
  });

  test("asks nothing while changes follow each other faster than the bound", () => {
    const changes = [1, 2, 3].map((step) =>
      replica("worker-2", step % 2 === 0 ? "ready" : "exited", 10 + step * 2_000),
    );
    expect(verdictOn(check, up, ...changes, watched(["worker-1"], 9_000, 30_000), end)).toMatchObject({
      status: "pass",
      examined: 2,
    });
  });

  test("is unknown for a gateway that was not asked", () => {
    expect(verdictOn(check, up, watched(both, 100, 30_000, ["gateway-1"]), end)).toMatchObject({
      status: "unknown",
      examined: 1,
    });
  });

  test("never passes on two empty lists", () => {
    const gateways = up.filter(({ role }) => role === "gateway");
    expect(verdictOn(check, gateways, watched([], 100, 30_000), end).status).toBe("unknown");
    const gone = both.map((name) => replica(name, "exited", 20));
    expect(verdictOn(check, up, gone, watched([], 100, 30_000), end).status).toBe("unknown");
  });

  test("goes by those that answered when the world told of no gateway", () => {
    const workers = up.filter(({ role }) => role === "worker");
    expect(verdictOn(check, workers, watched(both, 100, 30_000), end)).toMatchObject({ status: "pass", examined: 2 });
    expect(verdictOn(check, workers, end).status).toBe("unknown");
  });
});
