import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { UsageError } from "../../core/mod.ts";
import { fakeSimulation, recipeFor } from "../campaign/fake-simulation.test-support.ts";
import { runSeed } from "../campaign/seed-report.ts";
import { readReplayFile, writeReplayFile } from "./replay-file.ts";
import { replay } from "./replay.ts";

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

test.each<[string, RegExp, string, unknown]>([
  ["of another format", /is of replay format 2, made by Seatrial/, "format", 2],
  ["without a format", /is of replay format undefined/, "format", undefined],
  ["without a version", /which version/, "seatrial", undefined],
  ["without a hash", /trace hash/, "traceHash", "no"],
  ["without its checks", /`failed`/, "failed", 3],
  ["without a recipe", /`recipe` is missing/, "recipe", undefined],
  ["without a seed", /`seed` is missing/, "recipe.seed", undefined],
  ["of a scenario that is gone", /no scenario "gone"/, "recipe.scenario", "gone"],
  ["with a safeguard that is gone", /Unknown safeguard/, "recipe.without", ["fence"]],
  ["with an unknown fault", /no fault "kil"/, "recipe.faults.0.fault.action", "kil"],
  ["with a fault at no time", /`faults` is/, "recipe.faults.0.atMs", undefined],
  ["with no conditions", /`conditions` is/, "recipe.conditions.loss", undefined],
  ["with a load that is none", /`loads` is/, "recipe.loads.steady.rate", "fast"],
  ["with a cluster of words", /`cluster` is/, "recipe.cluster.workers", "two"],
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

test("a replay is the same run, or an error that names both hashes and versions", async () => {
  const simulate = fakeSimulation(() => ({ failed: ["no job is lost"] }));
  const { traceHash } = await runSeed(recipe, simulate);
  const file = { format: 1, seatrial: "0.0.1", ...left, traceHash } as const;
  const { signal } = new AbortController();
  expect((await replay(file, simulate, signal)).status).toBe("failed");

  const other = replay({ ...file, traceHash: "f".repeat(16) }, simulate, signal);
  await expect(other).rejects.toThrow(
    new RegExp(`replay_differs.*${traceHash}.*ffffffffffffffff \\(Seatrial 0\\.0\\.1\\)`),
  );
  await expect(other).rejects.toMatchObject({ exitCode: 3 });
});
