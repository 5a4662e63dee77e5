import { expect, test } from "vitest";

import { EnvironmentError } from "../../core/mod.ts";
import type { MeasuredRun } from "./measured-run.ts";
import { runPairs, sparePairs, usablePairs } from "./run-pairs.ts";
import type { ScheduledRun } from "./schedule.ts";

const wanted = { pairs: 3, again: 0, seed: "s" };
const broken = new EnvironmentError("server_died", "Redis died", "look at its log");

function making(runOne: (run: ScheduledRun, number: number) => Partial<MeasuredRun> | Error, stop?: AbortController) {
  const told: string[] = [];
  let number = 0;
  const made = runPairs(wanted, {
    runOne: (scheduled) => {
      const run = runOne(scheduled, ++number);
      if (run instanceof Error) return Promise.reject(run);
      return Promise.resolve({ ...scheduled, measures: [], ...run });
    },
    progress: { step: (line) => void told.push(line) },
    signal: (stop ?? new AbortController()).signal,
    nameOf: ({ side }) => side,
  });
  return { made, told };
}

test("all runs are made, and each tells how much time is left", async () => {
  const { made, told } = making(() => ({}));
  const { runs, interrupted } = await made;
  expect([runs.length, usablePairs(runs), interrupted]).toEqual([6, 3, false]);
  expect(told[0]).toMatch(/run 1 of 6, pair 1, a: measured, about .* left/);
  expect(told.at(-1)).toMatch(/run 6 of 6, pair 3, a: measured$|run 6 of 6, pair 3, b: measured$/);
});

test("a spoilt pair is made up for, with the reason told", async () => {
  const { made, told } = making((_, number) => (number === 3 ? { excluded: "it fell behind" } : {}));
  const { runs } = await made;
  expect(usablePairs(runs)).toBe(3);
  expect(runs.map(({ pair }) => pair)).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
  expect(told.join("\n")).toContain("not used: it fell behind");
});

test("a run that breaks spoils its pair and no more", async () => {
  const { made } = making((_, number) => (number === 2 ? broken : {}));
  const { runs } = await made;
  expect(runs[1]?.excluded).toContain("it could not be run: [server_died]");
  expect(runs[1]?.notRun).toEqual({ code: "server_died", because: "[server_died] Redis died" });
  expect(usablePairs(runs)).toBe(3);
});

test("a machine that spoils every pair is not tried for ever", async () => {
  const { made } = making(() => ({ excluded: "always" }));
  const { runs } = await made;
  expect(runs).toHaveLength(2 * (wanted.pairs + sparePairs));
  expect(usablePairs(runs)).toBe(0);
});

test("what breaks the first run, or is a bug, ends it all", async () => {
  await expect(making(() => broken).made).rejects.toThrow("Redis died");
  await expect(making((_, number) => (number === 2 ? new Error("a bug") : {})).made).rejects.toThrow("a bug");
});

test("Ctrl-C keeps what was done", async () => {
  const stop = new AbortController();
  const { made } = making((_, number) => {
    if (number < 3) return {};
    stop.abort();
    return new Error("aborted");
  }, stop);
  expect(await made).toMatchObject({ interrupted: true, runs: { length: 2 } });
});
