import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "seatrial-dead-code-"));
  for (const name of ["knip.json", "package.json", "tsconfig.json"]) cpSync(join(root, name), join(folder, name));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  plant("cli/main.ts", 'import { alive } from "../core/mod.ts";\nalive();');
  plant("core/mod.ts", 'export * from "./life.ts";');
  plant("core/life.ts", "export function alive(): void {}\nexport function dead(): void {}");
  plant("core/forgotten.ts", "export const forgotten = 1;");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a dead export, a dead file and an unused package are found, and what is used is not", async () => {
  const { files, exports, dependencies } = await findDeadCode();
  expect(files).toEqual(["core/forgotten.ts"]);
  expect(exports).toEqual(["dead"]);
  expect(dependencies).toContain("ioredis");
});

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), `${text}\n`);
}

interface Issue {
  readonly file: string;
  readonly files?: readonly unknown[];
  readonly exports?: readonly { name: string }[];
  readonly dependencies?: readonly { name: string }[];
}

async function findDeadCode(): Promise<{ files: string[]; exports: string[]; dependencies: string[] }> {
  const { issues } = JSON.parse(await runKnip()) as { issues: readonly Issue[] };
  return {
    files: issues.filter(({ files }) => (files ?? []).length > 0).map(({ file }) => file),
    exports: issues.flatMap((issue) => issue.exports ?? []).map(({ name }) => name),
    dependencies: issues.flatMap((issue) => issue.dependencies ?? []).map(({ name }) => name),
  };
}

/** Runs knip as `npm run check:dead` does; it exits with 1 because it must find something. */
function runKnip(): Promise<string> {
  const knip = join(root, "node_modules/knip/bin/knip.js");
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, timeout: 60_000 };
    execFile(process.execPath, [knip, "--reporter", "json"], options, (_error, stdout, stderr) =>
      stdout.startsWith("{") ? resolve(stdout) : reject(new Error(`knip printed no report: ${stdout}${stderr}`)),
    );
  });
}
