import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { readReplayFile } from "../replay/replay-file.ts";
import { replay } from "../replay/replay.ts";
import { simulateTrial } from "../simulate/simulate-trial.ts";
import { conductCampaign, type ConductTools } from "./conduct.ts";
import { fakeSimulation, recipeFor, type Behaviour } from "./fake-simulation.test-support.ts";
import { poolInProcess } from "./pool/pool.ts";
import type { CampaignOrder } from "./run-campaign.ts";
import type { Simulate } from "./seed-report.ts";

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "seatrial-campaign-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const nobody = new AbortController().signal;

/** Fails when the leader is paused, from seed 3 on. */
const pausesHurt: Behaviour = ({ seed, scenario }) => {
  const paused = scenario.faults.some(({ fault }) => fault.action === "pause");
  return { failed: paused && Number(seed) >= 3 ? ["no job is lost"] : [] };
};

test("a failure is made smaller, left in folders with all their reports, and compared with a run that passes", async () => {
  const { failures } = await conduct(fakeSimulation(pausesHurt), "scheduler-failover");
  expect(failures.map(({ seed, red }) => [seed, red.map(({ check }) => check)])).toEqual([["3", ["no job is lost"]]]);
  const examined = failures[0]!.examined!;
  expect(examined.deterministic).toBe(true);
  expect(examined.shrunk).toMatchObject({ minimal: true, red: { check: "no job is lost", status: "fail" } });
  expect(examined.shrunk.recipe).toContainEqual(expect.stringMatching(/^at 0 ms: pause scheduler.leader/));
  expect(examined.shrunk.recipe).not.toContainEqual(expect.stringContaining("kill"));
  expect(examined.divergence).toMatchObject({ sharedSteps: expect.any(Number) as number });
  for (const left of [examined.folder, examined.shrunk.folder]) {
    expect(readdirSync(left)).toEqual(
      expect.arrayContaining(["history.jsonl", "replay.json", "report.html", "run.json"]),
    );
  }
});

test("what was left is replayed to the same trace", async () => {
  const simulate = fakeSimulation(pausesHurt);
  const { failures } = await conduct(simulate, "scheduler-failover");
  const shrunk = readReplayFile(failures[0]!.examined!.shrunk.folder);
  expect((await replay(shrunk, simulate, nobody)).status).toBe("failed");
});

test("of failures of one kind the first is looked into, and the others are only counted", async () => {
  const { failures } = await conduct(fakeSimulation(pausesHurt), "scheduler-failover", {
    until: { seeds: 6 },
    keepGoing: true,
  });
  expect(failures.map(({ seed, examined }) => [seed, examined !== undefined])).toEqual([
    ["3", true],
    ["4", false],
    ["5", false],
    ["6", false],
  ]);
});

test("a seed that runs differently the second time is called so", async () => {
  let runs = 0;
  const moody = fakeSimulation((plan) => ({ failed: plan.seed === "1" && ++runs < 2 ? ["no job is lost"] : [] }));
  const simulate: Simulate = async (plan, options) => ({ ...(await moody(plan, options)), traceHash: `${runs}` });
  const { failures } = await conduct(simulate, "scheduler-failover");
  expect(failures[0]?.examined?.deterministic).toBe(false);
});

test("a shrunk run that runs differently the second time is called so, too", async () => {
  const steady = fakeSimulation(pausesHurt);
  const simulate: Simulate = async (plan, options) => {
    const trial = await steady(plan, options);
    const isLookedInto = plan.scenario.faults.length === 1 && options.trace?.all === true;
    return isLookedInto ? { ...trial, traceHash: "another" } : trial;
  };
  const { failures } = await conduct(simulate, "scheduler-failover");
  expect(failures[0]?.examined?.deterministic).toBe(false);
});

test("the canary fails in the simulated plane, its shrunk run too, and its replay is the same run", async () => {
  const recipesOf = (seed: string) => [recipeFor("canary", seed, [], "fast")];
  const { tally, failures } = await conduct(simulateTrial, "canary", { until: { seeds: 1 }, recipesOf }, 12);
  expect(tally.counts.failed).toBe(1);
  const examined = failures[0]!.examined!;
  expect([examined.deterministic, examined.shrunk.red.status]).toEqual([true, "fail"]);
  expect(examined.shrunk.recipe).toContainEqual(expect.stringContaining("kill worker-1"));
  expect(examined.shrunk.recipe.filter((line) => line.startsWith("at "))).toHaveLength(1);
  const again = await replay(readReplayFile(examined.shrunk.folder), simulateTrial, nobody);
  expect(again.status).toBe("failed");
});

function conduct(simulate: Simulate, scenario: string, override: Partial<CampaignOrder> = {}, shrinkRuns = 200) {
  const base = recipeFor(scenario);
  const recipesOf = (seed: string) => [{ ...base, seed }];
  const order = { recipesOf, first: 1, until: { seeds: 5 }, keepGoing: false, ...override };
  const silent = { onSeed: () => {}, live: () => {}, now: () => 0 };
  const tools: ConductTools = {
    ...silent,
    pool: poolInProcess(simulate),
    simulate,
    shrinkRuns,
    folder,
    signal: nobody,
  };
  return conductCampaign(order, tools);
}
