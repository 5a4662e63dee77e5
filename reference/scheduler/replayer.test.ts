import { describe, expect, it } from "vitest";

import { configOf, MemoryPlane } from "./memory-plane.test-support.ts";
import { replayer } from "./replayer.ts";
import { startScheduler } from "./scheduler.ts";

/** More rounds than a job needs to become old enough. */
const config = configOf({ replayerPollMs: 5_000 });

async function planeWithSchedulers(replicas: number, parts = [replayer]): Promise<MemoryPlane> {
  const plane = new MemoryPlane();
  for (let replica = 1; replica <= replicas; replica++) {
    await startScheduler(plane.environment(`scheduler-${replica}`), config, parts);
  }
  await plane.clock.advance(config.workerTtlMs / 3);
  return plane;
}

describe("the replayer", () => {
  it("takes up jobs without a worker at once when one appears, oldest first", async () => {
    const plane = await planeWithSchedulers(1);
    const jobs = ["a", "b", "c", "d"];
    for (const job of jobs) {
      await plane.submit(job);
      await plane.clock.advance(1);
    }
    expect(jobs.map((job) => plane.jobs.get(job).state)).toEqual(jobs.map(() => "PENDING"));
    await plane.beat("worker-1");
    await plane.clock.advance(1_000);
    expect(jobs.map((job) => plane.jobs.get(job).state)).toEqual(jobs.map(() => "DISPATCHED"));
    expect(plane.jobs.changes.map(({ change }) => change.id)).toEqual(jobs);
    expect(plane.counted("replayed", { topic: "job.echo" })).toBe(4);
  });

  it("leaves the jobs of other topics where they are", async () => {
    const plane = await planeWithSchedulers(1);
    await plane.submit("a");
    await plane.submit("b", { topic: "job.other" });
    const opened = new Set<string>();
    plane.jobs.trap = (call, _, id) => void (call === "open" && opened.add(id));
    await plane.beat("worker-1", { topics: ["job.other"] });
    await plane.clock.advance(1_000);
    expect(plane.jobs.get("a").state).toBe("PENDING");
    expect(plane.jobs.get("b").state).toBe("DISPATCHED");
    expect([...opened]).toEqual(["b"]);
  });

  it("takes up a job whose submit message never came, when it is old enough", async () => {
    const plane = await planeWithSchedulers(1);
    await plane.beat("worker-1");
    await plane.clock.advance(2_000);
    await plane.store("a");
    await plane.pass(config.replayAfterMs - 5_000, ["worker-1"]);
    expect(plane.jobs.get("a").state).toBe("PENDING");
    await plane.pass(3 * config.replayerPollMs, ["worker-1"]);
    expect(plane.jobs.get("a")).toMatchObject({ state: "DISPATCHED", epoch: 1 });
  });

  it("takes each job up once, though every scheduler hears of the worker", async () => {
    const plane = await planeWithSchedulers(3);
    for (const job of ["a", "b", "c"]) await plane.submit(job);
    await plane.beat("worker-1");
    await plane.clock.advance(1_000);
    expect(plane.counted("replayed")).toBe(3);
    expect(plane.counted("lockWaits")).toBe(0);
  });

  it("is missed when it is left out", async () => {
    const plane = await planeWithSchedulers(1, []);
    await plane.submit("a");
    await plane.pass(10 * config.replayerPollMs, ["worker-1"]);
    expect(plane.jobs.get("a").state).toBe("PENDING");
  });
});
