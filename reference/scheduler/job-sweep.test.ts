import { describe, expect, it } from "vitest";

import { MemoryPlane } from "./memory-plane.test-support.ts";
import { JobSweep } from "./job-sweep.ts";

const never = new AbortController().signal;

async function planeWithJobs(count: number): Promise<{ plane: MemoryPlane; ids: string[]; sweep: JobSweep }> {
  const plane = new MemoryPlane();
  const ids = Array.from({ length: count }, (_, index) => `job-${index}`);
  for (const id of ids) await plane.store(id);
  return { plane, ids, sweep: new JobSweep(plane.environment("scheduler-1")) };
}

describe("a sweep", () => {
  it("visits every job once, in order, however many pages there are", async () => {
    const { ids, sweep } = await planeWithJobs(450);
    const visited: string[] = [];
    await sweep.round(0, never, (id) => Promise.resolve(void visited.push(id)));
    expect(visited).toEqual(ids);
  });

  it("leaves nobody out when its visits take entries off the list", async () => {
    const { plane, ids } = await planeWithJobs(450);
    const left = [...ids];
    const env = plane.environment("scheduler-1");
    const unfinished = ({ offset, limit }: { offset: number; limit: number }): Promise<string[]> =>
      Promise.resolve(left.slice(offset, offset + limit));
    const sweep = new JobSweep({ jobs: { ...env.jobs, unfinished }, log: env.log });
    const visited: string[] = [];
    await sweep.round(0, never, (id) => {
      left.splice(left.indexOf(id), 1);
      return Promise.resolve(void visited.push(id));
    });
    expect(visited).toEqual(ids);
  });

  it("goes on in the next round where it stopped for their number", async () => {
    const { ids, sweep } = await planeWithJobs(10_300);
    const visited: string[] = [];
    const visit = (id: string): Promise<void> => Promise.resolve(void visited.push(id));
    await sweep.round(0, never, visit);
    expect(visited).toHaveLength(10_000);
    await sweep.round(0, never, visit);
    expect(visited).toEqual(ids);
    await sweep.round(0, never, visit);
    expect(visited).toHaveLength(20_300);
  });

  it("is not held up by a job that cannot be visited, and reports it", async () => {
    const { plane, ids, sweep } = await planeWithJobs(250);
    const visited: string[] = [];
    await sweep.round(0, never, (id) => {
      if (id === "job-3") return Promise.reject(new Error("unreadable"));
      return Promise.resolve(void visited.push(id));
    });
    expect(visited).toEqual(ids.filter((id) => id !== "job-3"));
    expect(plane.logged).toMatchObject([{ level: "warn", facts: { visits: 200, failed: 1, first: "unreadable" } }]);
  });

  it("ends its round when nobody can be visited", async () => {
    const { sweep } = await planeWithJobs(450);
    let visits = 0;
    await sweep.round(0, never, () => {
      visits += 1;
      return Promise.reject(new Error("Redis is away"));
    });
    expect(visits).toBe(200);
  });

  it("begins no visit after its term is over, and never more than 16 at once", async () => {
    const { sweep } = await planeWithJobs(100);
    const term = new AbortController();
    let inHand = 0;
    let most = 0;
    let visits = 0;
    await sweep.round(0, term.signal, async () => {
      most = Math.max(most, ++inHand);
      if (++visits === 40) term.abort();
      await Promise.resolve();
      inHand -= 1;
    });
    expect(most).toBe(16);
    expect(visits).toBeGreaterThanOrEqual(40);
    expect(visits).toBeLessThan(40 + 16);
  });
});
