import { expect, test } from "vitest";

import { closedLoop, monotonicMs, openLoop, type JobSystem } from "./job-loops.ts";

/** A system that does each job in the next turn of the event loop, and counts. */
function countingSystem(): JobSystem & { submitted: number; mostInFlight: number; readonly dueAtMs: number[] } {
  let onDone: (waitedMs: number) => void = () => {};
  let inFlight = 0;
  const system = {
    submitted: 0,
    mostInFlight: 0,
    dueAtMs: [] as number[],
    submit(dueAtMs: number) {
      system.submitted += 1;
      system.mostInFlight = Math.max(system.mostInFlight, ++inFlight);
      system.dueAtMs.push(dueAtMs);
      setImmediate(() => {
        inFlight -= 1;
        onDone(monotonicMs() - dueAtMs);
      });
      return Promise.resolve();
    },
    listen(listener: (waitedMs: number) => void) {
      onDone = listener;
    },
    async [Symbol.asyncDispose]() {},
  };
  return system;
}

test("a closed loop keeps its number in flight and stops at its number of jobs", async () => {
  const system = countingSystem();
  const numbers = await closedLoop(system, { jobs: 100, inFlight: 7 });
  expect(system).toMatchObject({ submitted: 100, mostInFlight: 7 });
  expect(numbers.jobsPerSecond).toBeGreaterThan(0);
});

test("a closed loop with fewer jobs than places submits each once", async () => {
  const system = countingSystem();
  await closedLoop(system, { jobs: 3, inFlight: 7 });
  expect(system).toMatchObject({ submitted: 3, mostInFlight: 3 });
});

test("an open loop's jobs are due at its rate, however late the timer is", async () => {
  const system = countingSystem();
  await openLoop(system, { jobs: 10, perSecond: 1_000 });
  const gaps = system.dueAtMs.slice(1).map((dueAtMs, index) => dueAtMs - (system.dueAtMs[index] ?? 0));
  expect(gaps).toHaveLength(9);
  for (const gap of gaps) expect(gap).toBeCloseTo(1, 5);
});

test("a job that is refused ends the loop", async () => {
  const system = { ...countingSystem(), submit: () => Promise.reject(new Error("full")) };
  await expect(closedLoop(system, { jobs: 10, inFlight: 2 })).rejects.toThrow("full");
  await expect(openLoop(system, { jobs: 10, perSecond: 1_000 })).rejects.toThrow("full");
});

test("an aborted loop rejects with the reason", async () => {
  const stop = new AbortController();
  const loop = openLoop(countingSystem(), { jobs: 10, perSecond: 0.1, signal: stop.signal });
  stop.abort(new Error("enough"));
  await expect(loop).rejects.toThrow("enough");
});
