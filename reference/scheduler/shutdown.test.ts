import { describe, expect, it } from "vitest";

import { schedulerQueue, submitSubject, workerSubject } from "../domain/subjects.ts";
import { configOf, MemoryPlane } from "./memory-plane.test-support.ts";
import { quiet } from "./manual-clock.test-support.ts";
import { startScheduler } from "./scheduler.ts";

const config = configOf();
const submits = { queue: schedulerQueue, subject: submitSubject };

describe("a stopping scheduler", () => {
  it("finishes what it has begun, hands back the rest, and gives up its leases after that", async () => {
    const plane = new MemoryPlane();
    const scheduler = await startScheduler(plane.environment("scheduler-1"), { ...config, schedulerConcurrency: 1 });
    await plane.beat("worker-1");
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    plane.jobs.trap = (call, when, id) => (call === "open" && when === "after" && id === "a" ? answered : undefined);
    await plane.submit("a");
    await plane.submit("b");
    const stopped = scheduler.stop();
    await quiet();
    expect(plane.leaders.size).toBe(3);
    answer();
    await stopped;
    expect(plane.jobs.get("a").state).toBe("DISPATCHED");
    expect(plane.jobs.get("b").state).toBe("PENDING");
    expect(plane.bus.waiting(submits)).toBe(1);
    expect(plane.leaders.size).toBe(0);
    expect(plane.held.size).toBe(0);
    expect(plane.clock.pending).toBe(0);
  });

  it("leaves its messages and leases to the next one", async () => {
    const plane = new MemoryPlane();
    const first = await startScheduler(plane.environment("scheduler-1"), config);
    await startScheduler(plane.environment("scheduler-2"), config);
    await plane.beat("worker-1");
    await Promise.all([first.stop(), first.stop()]);
    await plane.submit("a");
    await plane.clock.advance(2_000);
    expect(plane.jobs.get("a").state).toBe("DISPATCHED");
    expect([...plane.leaders.values()].map(({ instance }) => instance)).toEqual(Array(3).fill("scheduler-2"));
  });

  it("stops within its budget, with a warning, when the store does not answer", async () => {
    const plane = new MemoryPlane();
    const scheduler = await startScheduler(plane.environment("scheduler-1"), config);
    await plane.beat("worker-1");
    plane.jobs.trap = (call) => (call === "open" ? new Promise<void>(() => {}) : undefined);
    await plane.submit("a");
    let isStopped = false;
    const stopped = scheduler.stop().then(() => (isStopped = true));
    await plane.clock.advance(config.shutdownTimeoutMs / 2);
    expect(isStopped).toBe(false);
    await plane.clock.advance(config.shutdownTimeoutMs / 2);
    expect(isStopped).toBe(true);
    await stopped;
    expect(plane.logged.some(({ message }) => message === "shutdown cut short")).toBe(true);
    expect(plane.bus.on(workerSubject("worker-1"))).toEqual([]);
  });

  it("retries nothing any more", async () => {
    const plane = new MemoryPlane();
    const scheduler = await startScheduler(plane.environment("scheduler-1"), config, []);
    await plane.beat("worker-1");
    await plane.submit("a");
    await plane.claim("a");
    await plane.report("a", { status: "FAILED_RETRYABLE" });
    await scheduler.stop();
    await plane.clock.advance(60_000);
    expect(plane.jobs.get("a")).toMatchObject({ state: "RETRYING", epoch: 1 });
  });
});

it("a scheduler that cannot consume one of its subjects does not start, and leaves nothing behind", async () => {
  const plane = new MemoryPlane();
  const env = plane.environment("scheduler-1");
  const { bus } = env;
  const failing: typeof bus = {
    ...bus,
    consume: (options, handler) =>
      options.subject === submitSubject ? bus.consume(options, handler) : Promise.reject(new Error("no such stream")),
  };
  await expect(startScheduler({ ...env, bus: failing }, config)).rejects.toThrow("no such stream");
  await plane.submit("a");
  expect(plane.bus.waiting(submits)).toBe(1);
  expect(plane.clock.pending).toBe(0);
});
