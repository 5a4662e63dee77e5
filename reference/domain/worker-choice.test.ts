import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { seededRandom } from "../../core/mod.ts";
import { assign, type Target } from "./worker-choice.ts";
import { WorkerRegistry, type KnownWorker } from "./worker-registry.ts";

function worker(id: string, fields: Partial<KnownWorker> = {}): KnownWorker {
  return {
    ...{ id, session: `${id}/1`, topics: new Set(["job.echo"]), activeJobs: 0, maxParallelJobs: 4, leaving: false },
    ...{ heardAtMs: 0, heardAtUnixMs: 0, sessionHeardAtMs: 0, assigned: 0 },
    ...fields,
  };
}

const random = seededRandom("choice");

describe("the choice of a worker", () => {
  it("takes the worker with the smallest share of its capacity in use", () => {
    const small = worker("small", { activeJobs: 1, maxParallelJobs: 2 });
    const large = worker("large", { activeJobs: 6, maxParallelJobs: 16 });
    expect(assign([small, large], random)).toEqual({ to: "worker", worker: "large", session: "large/1" });
  });

  it("counts what it gave, so that a burst between two heartbeats is spread", () => {
    const workers = [worker("a"), worker("b")];
    for (let job = 0; job < 8; job++) assign(workers, random);
    expect(workers.map((each) => each.assigned)).toEqual([4, 4]);
  });

  it("leaves a job to the topic's queue group when every worker is full", () => {
    expect(assign([worker("a", { activeJobs: 4 }), worker("b", { assigned: 5 })], random)).toEqual({ to: "topic" });
    expect(assign([worker("a", { maxParallelJobs: 0 })], random)).toEqual({ to: "topic" });
  });

  it("says so when there is nobody", () => {
    expect(assign([], random)).toEqual({ to: "nobody" });
  });

  it("gives each of several equals its share", () => {
    const chosen = new Map<string, number>();
    for (let round = 0; round < 3_000; round++) {
      const target = assign([worker("a"), worker("b"), worker("c")], random);
      if (target.to === "worker") chosen.set(target.worker, (chosen.get(target.worker) ?? 0) + 1);
    }
    // Binomial with a standard deviation of 26: six of them.
    for (const id of ["a", "b", "c"]) expect(Math.abs((chosen.get(id) ?? 0) - 1_000)).toBeLessThan(156);
  });

  it("never goes more than one job beyond a worker's fair share while heartbeats are silent", () => {
    const capacities = fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(capacities, fc.nat(200), fc.string(), (maxima, jobs, seed) => {
        const workers = maxima.map((maxParallelJobs, index) => worker(`w${index}`, { maxParallelJobs }));
        const capacity = maxima.reduce((sum, each) => sum + each, 0);
        const source = seededRandom(seed);
        for (let job = 0; job < Math.min(jobs, capacity); job++) expect(assign(workers, source).to).toBe("worker");
        const given = workers.reduce((sum, each) => sum + each.assigned, 0);
        for (const { assigned, maxParallelJobs } of workers) {
          expect(assigned).toBeLessThan((given * maxParallelJobs) / capacity + 1);
          expect(assigned).toBeLessThanOrEqual(maxParallelJobs);
        }
      }),
    );
  });

  it("never chooses the dead, the leaving, those of other topics, or the full", () => {
    const known = fc.record({
      id: fc.constantFrom("a", "b", "c", "d"),
      leaving: fc.boolean(),
      topics: fc.subarray(["job.echo", "job.other"]),
      active_jobs: fc.nat(4),
      heardAtMs: fc.nat(60_000),
    });
    fc.assert(
      fc.property(fc.array(known, { maxLength: 8 }), fc.string(), (beats, seed) => {
        const registry = new WorkerRegistry(30_000);
        const nowMs = 60_000;
        for (const { id, heardAtMs, ...beat } of beats.toSorted((a, b) => a.heardAtMs - b.heardAtMs)) {
          registry.observe({ worker_id: id, session: id, max_parallel_jobs: 4, ...beat }, heardAtMs, 0);
        }
        const target: Target = assign(registry.serving("job.echo", nowMs), seededRandom(seed));
        if (target.to !== "worker") return;
        const chosen = registry.find(target.worker, nowMs);
        expect(chosen).toMatchObject({ leaving: false });
        expect(chosen?.topics.has("job.echo")).toBe(true);
        expect(nowMs - (chosen?.heardAtMs ?? 0)).toBeLessThan(30_000);
        expect(chosen?.activeJobs).toBeLessThan(4);
      }),
    );
  });
});
