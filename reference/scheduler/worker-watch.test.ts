import { describe, expect, it } from "vitest";

import { rollCallSubject } from "../domain/roll-call.ts";
import { heartbeatSubject } from "../domain/subjects.ts";
import { MemoryPlane } from "./memory-plane.test-support.ts";
import { WorkerWatch, type WorkerNews } from "./worker-watch.ts";

const ttlMs = 30_000;

function watch(): { plane: MemoryPlane; workers: WorkerWatch; news: WorkerNews[]; rollCalls: () => number } {
  const plane = new MemoryPlane();
  const workers = new WorkerWatch(plane.environment("scheduler-1"), ttlMs);
  const news: WorkerNews[] = [];
  workers.onNews((each) => news.push(each));
  const rollCalls = (): number => plane.bus.broadcasts.filter(({ subject }) => subject === rollCallSubject).length;
  return { plane, workers, news, rollCalls };
}

describe("the worker watch", () => {
  it("calls the roll when it starts, and again as long as it is deaf", async () => {
    const { plane, rollCalls } = watch();
    expect(rollCalls()).toBe(1);
    await plane.clock.advance(2 * ttlMs);
    expect(rollCalls()).toBe(1);
    plane.bus.deaf.add("scheduler-1");
    await plane.clock.advance(ttlMs);
    const whileDeaf = rollCalls();
    expect(whileDeaf).toBeGreaterThan(1);
    plane.bus.deaf.clear();
    await plane.clock.advance(ttlMs);
    expect(rollCalls() - whileDeaf).toBeLessThanOrEqual(1);
  });

  it("tells at once when a topic gets its first worker, when a worker leaves, and when one falls silent", async () => {
    const { plane, news } = watch();
    await plane.beat("worker-1");
    expect(news).toEqual(["topic-online"]);
    await plane.beat("worker-2");
    await plane.beat("worker-2", { leaving: true });
    expect(news).toEqual(["topic-online", "worker-gone"]);
    await plane.clock.advance(ttlMs);
    expect(news).toEqual(["topic-online", "worker-gone", "worker-gone"]);
  });

  it("knows how long it has listened, and that a paused process has not", async () => {
    const { plane, workers } = watch();
    await plane.clock.advance(ttlMs);
    expect(workers.hasListened(ttlMs)).toBe(true);
    plane.clock.jump(ttlMs);
    expect(workers.hasListened(1)).toBe(false);
    await plane.clock.advance(ttlMs / 3);
    expect(workers.hasListened(ttlMs / 6)).toBe(true);
    expect(workers.hasListened(ttlMs)).toBe(false);
  });

  it("logs a heartbeat that it cannot read, and says nothing more after it is closed", async () => {
    const { plane, workers, news } = watch();
    plane.bus.broadcast(heartbeatSubject, "not a packet");
    expect(plane.logged).toMatchObject([{ level: "warn", facts: { bytes: 12 } }]);
    workers.close();
    await plane.beat("worker-1");
    await plane.clock.advance(ttlMs);
    expect(news).toEqual([]);
    expect(plane.clock.pending).toBe(0);
  });
});
