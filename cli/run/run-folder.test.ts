import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { makeRunFolder } from "./run-folder.ts";

let out = "";
beforeAll(() => (out = mkdtempSync(join(tmpdir(), "seatrial-folders-"))));
afterAll(() => rmSync(out, { recursive: true, force: true }));

const now = new Date("2026-01-02T03:04:05.678Z");

test("two runs of the same second get a folder each", () => {
  const [first, second] = [makeRunFolder(out, "x", now), makeRunFolder(out, "x", now)];
  expect([first, second].map((folder) => basename(folder))).toEqual(["2026-01-02-030405-x", "2026-01-02-030405-x-2"]);
  expect(existsSync(first) && existsSync(second)).toBe(true);
});

test("where no folder can be made, the error says so and names the way out", () => {
  const file = join(out, "file");
  writeFileSync(file, "");
  expect(() => makeRunFolder(join(file, "runs"), "x", now)).toThrow("[run_folder_not_writable]");
});

test.runIf(process.platform === "linux")(
  "a folder in a file system that takes none is refused, and not tried for ever",
  () => {
    expect(() => makeRunFolder("/proc/seatrial/runs", "x", now)).toThrow("[run_folder_not_writable]");
  },
);
