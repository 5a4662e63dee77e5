import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { planComparison, trialOf, type CompareChoices } from "./compare-plan.ts";

let folder = "";
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "seatrial-compare-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const choices: CompareChoices = { scenario: "scheduler-failover", pairs: "4", aa: "2", seed: "7", margin: "5" };

function tuning(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test("both tunings run the scenario at the same pace: the first one's, unless another is chosen", () => {
  const { a, b, pace } = planComparison("fast", "default", choices);
  expect(pace).toBe(0.1);
  expect(b.scenario.faults.map(({ atMs }) => atMs)).toEqual(a.scenario.faults.map(({ atMs }) => atMs));
  expect(a.tuning).not.toEqual(b.tuning);
  expect(planComparison("fast", "default", { ...choices, pace: "0.5" }).b.scenario.faults[0]?.atMs).toBe(10_000);
});

test("each run has its side's tuning and its pair's seed", () => {
  const plan = planComparison("fast", "default", choices);
  expect(trialOf(plan, { pair: 2, side: "b", seed: "7-2" })).toMatchObject({ seed: "7-2", tuningName: "default" });
  expect(trialOf(plan, { pair: 2, side: "again", seed: "7-2" })).toMatchObject({ tuningName: "fast" });
});

test("files go by their short names, and the command names them whole", () => {
  const [a, b] = [tuning("lock-5s.yaml", "WORKER_TTL: 5s"), tuning("lock-9s.json", '{"WORKER_TTL": "9s"}')];
  const plan = planComparison(a, b, choices);
  expect(plan.names).toEqual({ a: "lock-5s", b: "lock-9s" });
  expect(plan.reproduce).toBe(
    `npm run seatrial -- compare ${a} ${b} --scenario scheduler-failover --pairs 4 --aa 2 --seed 7 --pace 1 --margin 5`,
  );
});

test.each([
  [{ pairs: "2" }, 'Not a number of pairs: "2"'],
  [{ pairs: "-3" }, "Not a number of pairs"],
  [{ aa: "5" }, "Not a number of A/A pairs"],
  [{ margin: "0" }, "Not a margin"],
  [{ margin: "five" }, "Not a margin"],
  [{ pace: "0" }, "Not a pace"],
  [{ scenario: "gate-19" }, '"gate-19" is a suite'],
  [{ scenario: "scheduler-failovr" }, "Unknown scenario"],
])("%j is a mistake", (wrong, message) => {
  expect(() => planComparison("fast", "default", { ...choices, ...wrong })).toThrow(message);
});

test("tunings with mistakes are refused before anything runs", () => {
  const good = tuning("good.yaml", "WORKER_TTL: 5s");
  expect(() => planComparison(good, tuning("unit.yaml", "WORKER_TTL: 5 parsecs"), choices)).toThrow("is no duration");
  expect(() => planComparison(good, tuning("name.yaml", "WORKER_TLL: 5s"), choices)).toThrow("Unknown setting");
  expect(() => planComparison(good, tuning("minus.yaml", "REDIS_POOL_SIZE: -1"), choices)).toThrow(
    "is no whole number",
  );
  expect(() => planComparison(good, good, choices)).toThrow("say the same");
});
