import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { UsageError } from "../../core/mod.ts";
import { readConfig } from "../../reference/config/config.ts";
import { paceOf, readTuning } from "./tuning.ts";

let folder = "";
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "seatrial-tuning-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string): string {
  const path = join(folder, "tuning.json");
  writeFileSync(path, text);
  return path;
}

test("the default tuning changes nothing", () => {
  expect(readTuning("default", [])).toEqual({});
});

test("the fast tuning divides every scaled duration by ten, and no other setting", () => {
  const [fast, documented] = [readConfig(readTuning("fast", [])), readConfig({})];
  expect(fast.jobLockTtlMs).toBe(documented.jobLockTtlMs / 10);
  expect(fast.workerTtlMs).toBe(documented.workerTtlMs / 10);
  expect(fast.shutdownTimeoutMs).toBe(documented.shutdownTimeoutMs);
  expect(fast.rateLimitRps).toBe(documented.rateLimitRps);
});

test("a single setting wins over the tuning that it comes on top of", () => {
  const tuning = readTuning("fast", ["SCHEDULER_JOB_LOCK_TTL=7s"]);
  expect(readConfig(tuning).jobLockTtlMs).toBe(7_000);
  expect(readConfig(tuning).workerTtlMs).toBe(3_000);
});

test("a file of settings is a tuning", () => {
  expect(readTuning(file('{"WORKER_TTL": "9s"}'), [])).toEqual({ WORKER_TTL: "9s" });
});

test("YAML says the same, and numbers need no quotes", () => {
  expect(readTuning(file("WORKER_TTL: 9s # a third of the default\nREDIS_POOL_SIZE: 3\n"), [])).toEqual({
    WORKER_TTL: "9s",
    REDIS_POOL_SIZE: "3",
  });
});

test("what is no tuning is refused, and the way out is named", () => {
  expect(() => readTuning("no-such-file.json", [])).toThrow(UsageError);
  expect(() => readTuning(file("[1]"), [])).toThrow("is no table of settings");
  expect(() => readTuning("default", ["WORKER_TTL"])).toThrow("Not a setting");
  expect(() => readTuning("default", ["WORKER_TTL=soon"])).toThrow('WORKER_TTL: "soon" is no duration');
  expect(() => readTuning(file("WORKER_TTL: [9s]"), [])).toThrow("is no table of settings");
  expect(() => readTuning(file("WORKER_TTL: 9"), [])).toThrow('WORKER_TTL: "9" is no duration');
  expect(() => readTuning(file("a: b: c"), [])).toThrow("Cannot read the tuning");
  expect(() => readTuning("default", ["SCHEDULER_JOB_LOCK_TTL=0s"])).toThrow('"0s" is nothing');
  for (const text of ["0.0001ms", "0.0005s", "0.999ms"]) {
    expect(() => readTuning("default", [`WORKER_TTL=${text}`])).toThrow(`"${text}" is less than 1 ms`);
  }
  expect(readTuning("default", ["WORKER_TTL=1ms"])).toEqual({ WORKER_TTL: "1ms" });
  expect(() => readTuning("default", ["WORKER_MAX_PARALLEL_JOBS=0"])).toThrow('"0" is nothing');
  expect(readTuning("default", ["REDIS_MIN_IDLE_CONNS=0"])).toEqual({ REDIS_MIN_IDLE_CONNS: "0" });
  const unknown = catchError(() => readTuning("default", ["WORKER_TLL=1s"]));
  expect(unknown).toMatchObject({ code: "usage", hint: expect.stringContaining("WORKER_TTL") });
});

test("scenario times follow the job lock's TTL", () => {
  expect(paceOf(readTuning("default", []))("45s")).toBe("45000ms");
  expect(paceOf(readTuning("fast", []))("45s")).toBe("4500ms");
});

function catchError(act: () => unknown): unknown {
  try {
    return act();
  } catch (thrown) {
    return thrown;
  }
}
