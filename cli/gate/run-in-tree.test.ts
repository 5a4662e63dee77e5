import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

import { measureRun } from "../compare/measured-run.ts";
import { fakeContext } from "../compare/fake-trials.test-support.ts";
import { planTrials } from "../run/plan.ts";
import { runInTree } from "./run-in-tree.ts";

const folder = mkdtempSync(join(tmpdir(), "seatrial-tree-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const root = join(import.meta.dirname, "..", "..");
const choices = { seed: "7", tuning: "fast", set: ["WORKER_MAX_PARALLEL_JOBS=3"], without: [], pace: "0.1" };

test("a trial runs with the code of another tree, on real servers, and is measured here", async () => {
  const [plan] = planTrials("two-replica-health", choices);
  if (!plan) throw new Error("no plan");
  const outcome = await runInTree(root)(plan, fakeContext(folder));
  expect(outcome.record).toMatchObject({ scenario: "two-replica-health", seed: "7" });
  expect(outcome.record.tuning).toMatchObject({ WORKER_MAX_PARALLEL_JOBS: "3" });
  const { measures } = await measureRun({ pair: 1, side: "a", seed: "7" }, outcome);
  expect(measures.find(({ id }) => id === "end-to-end-p50")?.value).toBeGreaterThan(0);
}, 180_000);

test("a folder without a Seatrial is a mistake", () => {
  expect(() => runInTree(folder)).toThrow("There is no Seatrial in");
});
