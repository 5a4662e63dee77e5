import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { UsageError } from "../../core/mod.ts";
import { fakeSimulation, recipeFor } from "../campaign/fake-simulation.test-support.ts";
import { runSeed } from "../campaign/seed-report.ts";
import { drawSwarm } from "../campaign/swarm.ts";
import { scenarios } from "../../scenarios/mod.ts";
import { version } from "../version.ts";
import { readReplayFile, writeReplayFile } from "./replay-file.ts";
import { otherChecks, replay } from "./replay.ts";

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "seatrial-replay-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const recipe = recipeFor("scheduler-failover", "7");
const left = { recipe, traceHash: "0123456789abcdef", failed: ["no job is lost"] };

test("what was written is read again, from the file or its folder", () => {
  writeReplayFile(folder, left);
  expect(readReplayFile(folder)).toMatchObject(left);
  expect(readReplayFile(join(folder, "replay.json"))).toEqual(readReplayFile(folder));
});

const uniform = { shape: "uniform", rate: "1/s", count: 1 };

test.each<[string, RegExp, string, unknown]>([
  ["of another format", /is of replay format 2, made by Seatrial/, "format", 2],
  ["without a format", /is of replay format undefined/, "format", undefined],
  ["without a version", /which version/, "seatrial", undefined],
  ["of another version", /was made by Seatrial 0\.0\.1; this is Seatrial/, "seatrial", "0.0.1"],
  ["without a hash", /trace hash/, "traceHash", "no"],
  ["without its checks", /`failed`/, "failed", 3],
  ["without a recipe", /`recipe` is missing/, "recipe", undefined],
  ["without a seed", /`seed` is missing/, "recipe.seed", undefined],
  ["of a scenario that is gone", /no scenario "gone"/, "recipe.scenario", "gone"],
  ["with a safeguard that is gone", /Unknown safeguard/, "recipe.without", ["fence"]],
  ["with an unknown fault", /no fault "kil"/, "recipe.faults.0.fault.action", "kil"],
  ["with a fault at no time", /`faults` is/, "recipe.faults.0.atMs", undefined],
  ["with no conditions", /`conditions` is/, "recipe.conditions.loss", undefined],
  ["with a load that is none", /`loads` is/, "recipe.loads.steady", { ...uniform, rate: "fast" }],
  ["with a cluster of words", /`cluster` is/, "recipe.cluster.workers", "two"],
  ["with a cluster without workers", /`cluster` is/, "recipe.cluster.workers", undefined],
  ["with more replicas than anybody has", /`cluster` is/, "recipe.cluster.workers", 101],
  ["with an unknown role", /`cluster` has "captains"/, "recipe.cluster.captains", 1],
  ["with an unknown condition", /`conditions` has "los"/, "recipe.conditions.los", 0.1],
  ["with an unknown figure of latency", /`latency` has "medianMs"/, "recipe.conditions.latency.medianMs", 1],
  ["with latency of words", /`conditions` is/, "recipe.conditions.latency.meanMs", "long"],
  ["that loses every message", /`conditions` is/, "recipe.conditions.loss", 1],
  ["that loses less than none", /`conditions` is/, "recipe.conditions.loss", -0.1],
  ["with an unknown part", /`recipe` has "weather"/, "recipe.weather", "rain"],
  ["with an unknown load", /scheduler-failover has no load "extra"/, "recipe.loads.extra", uniform],
  ["with a burst that has a rate", /`loads` is/, "recipe.loads.steady.rate", "1/s"],
  ["with a rate of nothing", /`loads` is/, "recipe.loads.steady", { ...uniform, rate: "0/s" }],
  ["with a rate that is a time", /`loads` is/, "recipe.loads.steady", { ...uniform, rate: "5s" }],
  ["with less than no jobs", /`loads` is/, "recipe.loads.steady", { ...uniform, count: -1 }],
  ["with a fault before the beginning", /`faults` is/, "recipe.faults.0.atMs", -1],
  ["with a fault that heals before it strikes", /`faults` is/, "recipe.faults.0.healAfterMs", -1],
  ["with an unknown replica", /aims at "scheduler-9"/, "recipe.faults.0.fault.selector", "scheduler-9"],
  ["with a fault of nobody", /aims at "zebra"/, "recipe.faults.0.fault.selector", "zebra"],
  ["with an unknown setting", /SCHEDULER_JOB_LOCK_TLT/, "recipe.tuning.SCHEDULER_JOB_LOCK_TLT", "10s"],
  ["with a TTL that is none", /SCHEDULER_JOB_LOCK_TTL/, "recipe.tuning.SCHEDULER_JOB_LOCK_TTL", "long"],
])("a replay file %s is refused", (_what, complaint, place, value) => {
  writeReplayFile(folder, left);
  const path = join(folder, "replay.json");
  const file = JSON.parse(readFileSync(path, "utf8")) as Nested;
  spoil(file, place.split("."), value);
  writeFileSync(path, JSON.stringify(file));
  expect(() => readReplayFile(path)).toThrow(complaint);
  expect(() => readReplayFile(path)).toThrow(UsageError);
});

type Nested = { [name: string]: unknown };

/** Puts another value in a place of a file; what is undefined is left out of JSON. */
function spoil(file: Nested, [name = "", ...deeper]: readonly string[], value: unknown): void {
  if (deeper.length === 0) file[name] = value;
  else spoil(file[name] as Nested, deeper, value);
}

test.each(["", "{", "null", "3"])("a file that holds %j is refused", (text) => {
  writeFileSync(join(folder, "replay.json"), text);
  expect(() => readReplayFile(folder)).toThrow(/Cannot replay/);
});

test("a folder without one is refused, and says what to name", () => {
  expect(() => readReplayFile(folder)).toThrow(
    expect.objectContaining({ hint: expect.stringContaining("replay.json") }),
  );
});

test.each(Object.keys(scenarios))("the recipe of %s is read as it was written", (name) => {
  const written = recipeFor(name, "7", [], "fast");
  writeReplayFile(folder, { ...left, recipe: written });
  expect(readReplayFile(folder).recipe).toEqual(written);
});

const drawn = Array.from({ length: 30 }, (_, index) => `${index + 1}`);
test.each(drawn)("what a swarm draws from seed %s is read as it was written", (seed) => {
  const written = drawSwarm(recipeFor("scheduler-failover", seed));
  writeReplayFile(folder, { ...left, recipe: written });
  expect(readReplayFile(folder).recipe).toEqual(JSON.parse(JSON.stringify(written)));
});

const nobody = new AbortController().signal;

test("a replay is the same run, or an error that names both hashes", async () => {
  const simulate = fakeSimulation(() => ({ failed: ["no job is lost"] }));
  const { traceHash } = await runSeed(recipe, simulate);
  const file = { format: 1, seatrial: version, ...left, traceHash } as const;
  const trial = await replay(file, simulate, nobody);
  expect(trial.status).toBe("failed");
  expect(otherChecks(file, trial)).toBeUndefined();

  const other = replay({ ...file, traceHash: "f".repeat(16) }, simulate, nobody);
  await expect(other).rejects.toThrow(new RegExp(`replay_differs.*${traceHash}.*ffffffffffffffff`));
  await expect(other).rejects.toMatchObject({ exitCode: 3 });
});

test("other checks that fail than before are told", async () => {
  const simulate = fakeSimulation(() => ({ failed: ["no job is lost"] }));
  const { traceHash } = await runSeed(recipe, simulate);
  const file = { format: 1, seatrial: version, ...left, traceHash, failed: ["no effect twice"] } as const;
  const told = 'When the file was made, "no effect twice" failed; now "no job is lost" did.';
  expect(otherChecks(file, await replay(file, simulate, nobody))).toBe(told);
  await expect(replay({ ...file, traceHash: "f".repeat(16) }, simulate, nobody)).rejects.toThrow(told);
});

test("what broke a replay is thrown as it is, whatever its trace came to", async () => {
  const broke = new UsageError('There is no call "jobs.dream"');
  const file = { format: 1, seatrial: version, ...left } as const;
  await expect(
    replay(
      file,
      fakeSimulation(() => ({ broke })),
      nobody,
    ),
  ).rejects.toBe(broke);
});
