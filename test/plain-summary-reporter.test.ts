import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const passing = 'test("one is one", () => expect(1).toBe(1));';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "seatrial-reporter-"));
  for (const name of ["vitest.config.ts", "package.json", "test/plain-summary-reporter.ts"]) {
    cpSync(join(root, name), join(folder, name));
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  plant("green", passing);
  plant("skipping", `${passing} test.runIf(false)("later", () => {});`);
  plant("red", `${passing} test("one is two", () => expect(1).toBe(2));`);
  plant("unloadable", `import "./missing.ts"; ${passing}`);
  plant("broken-hook", `import { afterAll } from "vitest"; afterAll(() => { throw new Error("late"); }); ${passing}`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  { file: "green", line: "1 passed, 0 failed", exitCode: 0 },
  { file: "skipping", line: "1 passed, 0 failed, 1 skipped", exitCode: 0 },
  { file: "red", line: "1 passed, 1 failed", exitCode: 1 },
  { file: "unloadable", line: "0 passed, 1 failed", exitCode: 1 },
  { file: "broken-hook", line: "1 passed, 1 failed", exitCode: 1 },
  { file: "not-there", line: "0 passed, 0 failed", exitCode: 1 },
])("a run of $file ends with '$line'", async ({ file, line, exitCode }) => {
  const run = await runVitest(file);
  expect(run.lastLine).toBe(line);
  expect(run.exitCode).toBe(exitCode);
});

test("a run whose tests are all left out is red", async () => {
  const run = await runVitest("green", "-t", "no such name");
  expect(run).toEqual({ lastLine: "0 passed, 0 failed, 1 skipped", exitCode: 1 });
});

function plant(name: string, body: string): void {
  writeFileSync(join(folder, `${name}.test.ts`), `import { expect, test } from "vitest";\n${body}\n`);
}

function runVitest(...parameters: string[]): Promise<{ lastLine: string | undefined; exitCode: number | null }> {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [vitest, "run", ...parameters],
      { cwd: folder, timeout: 55_000 },
      (_error, stdout) => resolve({ lastLine: stdout.trimEnd().split("\n").at(-1), exitCode: child.exitCode }),
    );
  });
}
