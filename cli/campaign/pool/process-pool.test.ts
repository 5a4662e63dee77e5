import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterEach, beforeEach, expect, test } from "vitest";

import { recipeFor } from "../fake-simulation.test-support.ts";
import type { SeedReport } from "../seed-report.ts";
import { runAll, type Pool } from "./pool.ts";
import { processPool, type ProcessPoolOptions } from "./process-pool.ts";

const entry = fileURLToPath(new URL("./unruly-worker.test-support.ts", import.meta.url));

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "seatrial-pool-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("several processes share the seeds, and a failure is told as such", async () => {
  const seeds = Array.from({ length: 12 }, (_, index) => `${index}`);
  const reports = await runIn({ jobs: 2 }, [...seeds, "fails"]);
  expect(reports.map(({ recipe }) => recipe.seed).toSorted()).toEqual([...seeds, "fails"].toSorted());
  expect(reports.filter(({ outcome }) => outcome === "failed").map(({ recipe }) => recipe.seed)).toEqual(["fails"]);
  const pids = new Set(reports.map(({ traceHash }) => traceHash));
  expect(pids.size).toBe(2);
  expect(pids.has(`${process.pid}`)).toBe(false);
});

test("a worker makes room for a fresh one after some seeds, or when it holds too much memory", async () => {
  expect(pidsOf(await runIn({ seedsEach: 2 }, ["1", "2", "3", "4", "5"]))).toBe(3);
  expect(pidsOf(await runIn({ rssMax: 250 * 2 ** 20 }, ["1", "hoards", "3", "4"]))).toBe(2);
});

test("a seed whose worker dies is run once more; when that dies too, it is broken, and says why", async () => {
  const [tripped] = await runIn({}, [`trips:${join(folder, "tripped")}`]);
  expect([tripped?.outcome, tripped?.because]).toEqual(["passed", undefined]);
  const [broken, next] = await runIn({}, ["dies", "2"]);
  expect(broken).toMatchObject({ outcome: "broken", recipe: { seed: "dies" } });
  expect(broken?.because).toMatch(/twice, its process ended \(exit code 7\): out of rum/);
  expect(next?.outcome).toBe("passed");
});

test("a seed that takes too long is ended", async () => {
  const [hung, next] = await runIn({ seedWithinMs: 300 }, ["hangs", "2"]);
  expect(hung?.because).toMatch(/SIGKILL/);
  expect(next?.outcome).toBe("passed");
});

test("stopped from outside, it ends its workers at once and reports nothing more", async () => {
  const stop = new AbortController();
  await using pool = processPool({ jobs: 1, entry, signal: stop.signal });
  const [first] = await collect(pool, ["1"]);
  const running = collect(pool, ["hangs"]);
  stop.abort();
  expect(await running).toEqual([]);
  expect(await collect(pool, ["2"])).toEqual([]);
  expect(() => process.kill(Number(first?.traceHash), 0)).toThrow(/ESRCH/);
});

async function runIn(options: Partial<ProcessPoolOptions>, seeds: readonly string[]): Promise<SeedReport[]> {
  await using pool = processPool({ jobs: 1, entry, signal: new AbortController().signal, ...options });
  return await collect(pool, seeds);
}

async function collect(pool: Pool, seeds: readonly string[]): Promise<SeedReport[]> {
  const base = recipeFor("steady-work");
  const reports: SeedReport[] = [];
  const recipes = seeds.map((seed) => ({ ...base, seed }));
  await runAll(
    pool,
    recipes.values(),
    () => true,
    (report) => reports.push(report),
  );
  return reports;
}

function pidsOf(reports: readonly SeedReport[]): number {
  return new Set(reports.map(({ traceHash }) => traceHash)).size;
}
