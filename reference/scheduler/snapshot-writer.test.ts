import { describe, expect, it } from "vitest";

import { configOf, MemoryPlane } from "./memory-plane.test-support.ts";
import { startScheduler } from "./scheduler.ts";
import { snapshotWriter } from "./snapshot-writer.ts";

const config = configOf();
const { snapshotIntervalMs, workerTtlMs } = config;

async function planeWithScheduler(parts = [snapshotWriter]): Promise<MemoryPlane> {
  const plane = new MemoryPlane();
  await startScheduler(plane.environment("scheduler-1"), config, parts);
  return plane;
}

function written(plane: MemoryPlane): string[] | undefined {
  return plane.snapshot?.workers.map((worker) => worker.id);
}

describe("the worker snapshot", () => {
  it("lists the live workers in order, with the epoch of the writer's lease", async () => {
    const plane = await planeWithScheduler();
    await plane.pass(10_000, ["worker-2", "worker-1"]);
    await plane.clock.advance(snapshotIntervalMs);
    expect(written(plane)).toEqual(["worker-1", "worker-2"]);
    expect(plane.snapshot).toMatchObject({ writer: "scheduler-1", epoch: 1 });
    expect(plane.snapshot?.workers[0]).toMatchObject({ session: "worker-1/1", topics: ["job.echo"] });
  });

  it("is not written before the scheduler has heard every worker once", async () => {
    const plane = await planeWithScheduler();
    await plane.beat("worker-1");
    await plane.clock.advance(workerTtlMs / 6 - 1);
    expect(plane.snapshot).toBeUndefined();
    await plane.clock.advance(snapshotIntervalMs + 1);
    expect(written(plane)).toEqual(["worker-1"]);
  });

  it("does not tell that nobody is there, as long as a worker listed there may just not have been heard", async () => {
    const plane = await planeWithScheduler();
    await plane.pass(snapshotIntervalMs + workerTtlMs / 6, ["worker-1"]);
    expect(written(plane)).toEqual(["worker-1"]);
    const later = new MemoryPlane();
    later.snapshot = plane.snapshot;
    await startScheduler(later.environment("scheduler-2"), config, [snapshotWriter]);
    await later.clock.advance(workerTtlMs - 1);
    expect(written(later)).toEqual(["worker-1"]);
    await later.clock.advance(snapshotIntervalMs + 1);
    expect(written(later)).toEqual([]);
  });

  it("drops a leaving worker with the next write, and a silent one after its TTL", async () => {
    const plane = await planeWithScheduler();
    await plane.pass(10_000, ["worker-1", "worker-2", "worker-3"]);
    await plane.beat("worker-3", { leaving: true });
    await plane.pass(snapshotIntervalMs, ["worker-1"]);
    expect(written(plane)).toEqual(["worker-1", "worker-2"]);
    await plane.pass(workerTtlMs, ["worker-1"]);
    expect(written(plane)).toEqual(["worker-1"]);
  });

  it("of a former leader is refused, and that is logged", async () => {
    const plane = await planeWithScheduler();
    await plane.pass(10_000, ["worker-1"]);
    plane.snapshot = { capturedUnixMs: 0, writer: "scheduler-2", epoch: 99, workers: [] };
    await plane.pass(snapshotIntervalMs, ["worker-1"]);
    expect(plane.snapshot.writer).toBe("scheduler-2");
    expect(plane.logged.some(({ message }) => message.startsWith("worker snapshot refused"))).toBe(true);
  });

  it("is not written when the writer is left out", async () => {
    const plane = await planeWithScheduler([]);
    await plane.pass(60_000, ["worker-1"]);
    expect(plane.snapshot).toBeUndefined();
  });
});
