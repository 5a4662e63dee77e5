import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { findBinary } from "./find-binary.ts";
import { versionOf } from "./version.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "seatrial-binaries-"));
  vi.spyOn(process, "cwd").mockReturnValue(folder);
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

test("a program is found on PATH first, and in the project's own folder last", () => {
  const own = program(".seatrial/bin", "seatrial-probe");
  expect(findBinary("seatrial-probe", "/usr/bin")).toBe(own);
  const onPath = program("bin", "seatrial-probe");
  expect(findBinary("seatrial-probe", `/nowhere:${join(folder, "bin")}`)).toBe(onPath);
  expect(findBinary("seatrial-other", join(folder, "bin"))).toBeUndefined();
});

test("a folder, and a file that nobody may run, are no programs", () => {
  mkdirSync(join(folder, "odd", "seatrial-folder"), { recursive: true });
  writeFileSync(join(folder, "odd", "seatrial-text"), "");
  expect(findBinary("seatrial-folder", join(folder, "odd"))).toBeUndefined();
  expect(findBinary("seatrial-text", join(folder, "odd"))).toBeUndefined();
});

test("a version is what the program says, and nothing when it does not run", async () => {
  expect(await versionOf(program("bin", "says", "echo 'Redis server v=7.0.15 sha=0 bits=64'"))).toBe("7.0.15");
  expect(await versionOf(program("bin", "mute", "exit 0"))).toBeUndefined();
  expect(await versionOf(program("bin", "fails", "echo v1.2.3; exit 1"))).toBeUndefined();
  expect(await versionOf(join(folder, "nowhere"))).toBeUndefined();
});

function program(where: string, name: string, script = "exit 0"): string {
  mkdirSync(join(folder, where), { recursive: true });
  const path = join(folder, where, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}
