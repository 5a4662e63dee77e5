import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Heartbeat } from "./packets.ts";
import { WorkerRegistry } from "./worker-registry.ts";

const ttlMs = 30_000;

function heartbeat(worker: string, fields: Partial<Heartbeat> = {}): Heartbeat {
  const identity = { worker_id: worker, session: `${worker}/1`, topics: ["job.echo"] };
  return { ...identity, active_jobs: 0, max_parallel_jobs: 4, ...fields };
}

describe("the worker registry", () => {
  it("knows a worker until it has been silent for the TTL", () => {
    const registry = new WorkerRegistry(ttlMs);
    registry.observe(heartbeat("w1"), 1_000, 0);
    expect(registry.find("w1", 1_000 + ttlMs - 1)?.id).toBe("w1");
    expect(registry.find("w1", 1_000 + ttlMs)).toBeUndefined();
    expect(registry.expire(1_000 + ttlMs - 1)).toBe(0);
    expect(registry.expire(1_000 + ttlMs)).toBe(1);
    expect(registry.expire(1_000 + ttlMs)).toBe(0);
  });

  it("gives no more work to a worker that leaves, and still knows it", () => {
    const registry = new WorkerRegistry(ttlMs);
    registry.observe(heartbeat("w1"), 0, 0);
    expect(registry.observe(heartbeat("w1", { leaving: true }), 1, 0).workerGone).toBe(true);
    expect(registry.serves("job.echo", 1)).toBe(false);
    expect(registry.live(1)).toEqual([]);
    expect(registry.find("w1", 1)?.leaving).toBe(true);
    expect(registry.observe(heartbeat("w1", { leaving: true }), 2, 0).workerGone).toBe(false);
  });

  it("does not call a worker back that said farewell, by a heartbeat that was overtaken", () => {
    const registry = new WorkerRegistry(ttlMs);
    registry.observe(heartbeat("w1", { leaving: true }), 0, 0);
    registry.observe(heartbeat("w1"), 1, 0);
    expect(registry.serves("job.echo", 1)).toBe(false);
  });

  it("does not take the farewell of a former life for the present one's", () => {
    const registry = new WorkerRegistry(ttlMs);
    registry.observe(heartbeat("w1", { session: "first" }), 0, 0);
    registry.observe(heartbeat("w1", { session: "second" }), 1, 0);
    registry.observe(heartbeat("w1", { session: "first", leaving: true }), 2, 0);
    expect(registry.serves("job.echo", 2)).toBe(true);
  });

  it("tells that a worker's former life is gone, and since when the present one is known", () => {
    const registry = new WorkerRegistry(ttlMs);
    expect(registry.observe(heartbeat("w1", { session: "first" }), 5, 0).workerGone).toBe(false);
    registry.observe(heartbeat("w1", { session: "first" }), 6, 0);
    expect(registry.find("w1", 6)?.sessionHeardAtMs).toBe(5);
    expect(registry.observe(heartbeat("w1", { session: "second" }), 7, 0).workerGone).toBe(true);
    expect(registry.find("w1", 7)?.sessionHeardAtMs).toBe(7);
  });

  it("tells when a topic that nobody served comes to life, and only then", () => {
    const registry = new WorkerRegistry(ttlMs);
    expect(registry.observe(heartbeat("w1"), 0, 0).topicOnline).toBe(true);
    expect(registry.observe(heartbeat("w1"), 1, 0).topicOnline).toBe(false);
    expect(registry.observe(heartbeat("w2"), 2, 0).topicOnline).toBe(false);
    expect(registry.observe(heartbeat("w2", { topics: ["job.echo", "job.other"] }), 3, 0).topicOnline).toBe(true);
    expect(registry.observe(heartbeat("w3", { topics: ["job.third"], leaving: true }), 4, 0).topicOnline).toBe(false);
    expect(registry.observe(heartbeat("w1"), 4 + ttlMs, 0).topicOnline).toBe(true);
  });

  it("forgets with each heartbeat what was given to the worker before", () => {
    const registry = new WorkerRegistry(ttlMs);
    registry.observe(heartbeat("w1"), 0, 0);
    const worker = registry.find("w1", 0);
    if (worker) worker.assigned = 3;
    expect(registry.find("w1", 0)?.assigned).toBe(3);
    registry.observe(heartbeat("w1", { active_jobs: 2 }), 1, 0);
    expect(registry.find("w1", 1)).toMatchObject({ assigned: 0, activeJobs: 2 });
  });

  it("offers exactly those that were heard within the TTL, do not leave, and serve the topic", () => {
    const event = fc.record({
      worker: fc.constantFrom("w1", "w2", "w3"),
      afterMs: fc.nat(ttlMs),
      leaving: fc.boolean(),
      topics: fc.subarray(["job.a", "job.b"]),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), fc.nat(ttlMs), (events, restMs) => {
        const registry = new WorkerRegistry(ttlMs);
        const model = new Map<string, { atMs: number; leaving: boolean; topics: string[] }>();
        let nowMs = 0;
        let life = 0;
        for (const { worker, afterMs, leaving, topics } of events) {
          nowMs += afterMs;
          const last = model.get(worker);
          const comesBack = last?.leaving === true && !leaving && nowMs - last.atMs < ttlMs;
          // A worker that said farewell comes back in a new life only.
          if (comesBack) continue;
          registry.observe(heartbeat(worker, { session: "1", leaving, topics }), nowMs, life++);
          model.set(worker, { atMs: nowMs, leaving, topics });
        }
        nowMs += restMs;
        const isOffered = (topic: string) => (worker: string) => {
          const known = model.get(worker);
          return known && !known.leaving && nowMs - known.atMs < ttlMs && known.topics.includes(topic);
        };
        for (const topic of ["job.a", "job.b"]) {
          const offered = [...registry.serving(topic, nowMs)].map((worker) => worker.id).toSorted();
          expect(offered).toEqual(["w1", "w2", "w3"].filter(isOffered(topic)));
          expect(registry.serves(topic, nowMs)).toBe(offered.length > 0);
        }
      }),
    );
  });
});
