import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeEach, expect, test } from "vitest";

import { exitCodes } from "../../core/mod.ts";
import { assertCovered, isFromHere } from "./baseline-coverage.ts";
import { fingerprint, readBaseline, writeBaseline, type Baseline } from "./baseline.ts";
import { policyOf } from "./policy.ts";

const folder = mkdtempSync(join(tmpdir(), "seatrial-baseline-"));
const path = join(folder, "baseline.json");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const baseline: Baseline = {
  format: 1,
  seatrial: "0.1.0",
  recordedAtUnixMs: 1_700_000_000_000,
  machine: fingerprint(),
  tuning: { WORKER_TTL: "3s" },
  scenarios: { "steady-work": { measures: {}, noise: { "submit-p50": [0.01, -0.02] } } },
};

beforeEach(() => writeBaseline(path, baseline));

test("what was written is read, however it is laid out", () => {
  expect(readBaseline(path)).toEqual(baseline);
  writeFileSync(path, JSON.stringify(JSON.parse(readFileSync(path, "utf8"))));
  expect(readBaseline(path)).toEqual(baseline);
});

test("nothing else is left in the folder", () => {
  expect(readdirSync(folder)).toEqual(["baseline.json"]);
});

test("wherever it is torn, it is said to be damaged, with the way out: exit code 3", () => {
  const text = readFileSync(path, "utf8");
  for (const length of [0, 1, 40, Math.floor(text.length / 2), text.length - 3]) {
    writeFileSync(path, text.slice(0, length));
    expect(() => readBaseline(path)).toThrow("[baseline_torn]");
  }
  expect(catchError(() => readBaseline(path))).toMatchObject({
    exitCode: exitCodes.inconclusive,
    hint: expect.stringContaining("--update-baseline"),
  });
});

test("a figure that was changed by hand is noticed", () => {
  writeFileSync(path, readFileSync(path, "utf8").replace("0.01", "0.09"));
  expect(() => readBaseline(path)).toThrow("its checksum does not fit");
});

test("something else is no baseline, and none at all is a mistake in the command", () => {
  writeFileSync(path, '{"format": 2}');
  expect(catchError(() => readBaseline(path))).toMatchObject({ code: "baseline_foreign", exitCode: 3 });
  expect(catchError(() => readBaseline(join(folder, "none.json")))).toMatchObject({ exitCode: exitCodes.usage });
});

test("a folder that cannot be written to is an error, and the old baseline stays", () => {
  expect(() => writeBaseline(join(folder, "none", "b.json"), baseline)).toThrow("[baseline_not_writable]");
  expect(readBaseline(path)).toEqual(baseline);
});

test("a baseline of other scenarios is foreign", () => {
  expect(() => assertCovered(baseline, policyOf({ scenarios: ["steady-work"] }, "p"), path)).not.toThrow();
  const more = policyOf({ scenarios: ["steady-work", "paused-worker"] }, "p");
  expect(() => assertCovered(baseline, more, path)).toThrow("was recorded without paused-worker");
  const inherited = { ...more, scenarios: ["constructor"] };
  expect(() => assertCovered(baseline, inherited, path)).toThrow("was recorded without constructor");
});

test("a baseline of another machine is told apart", () => {
  expect(isFromHere(baseline)).toBe(true);
  expect(isFromHere({ ...baseline, machine: { ...baseline.machine, cpu: "another" } })).toBe(false);
});

function catchError(act: () => unknown): unknown {
  try {
    return act();
  } catch (thrown) {
    return thrown;
  }
}
