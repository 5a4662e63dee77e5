import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

/** One mistake a file, each with the rule that must see it. */
const mistakes = [
  {
    rule: "no-floating-promises",
    path: "core/floating.ts",
    text: "export const f = (): void => { Promise.reject(1); };",
  },
  {
    rule: "no-misused-promises",
    path: "core/misused.ts",
    text: "[1].forEach(async (n) => { await Promise.resolve(n); });",
  },
  { rule: "await-thenable", path: "core/await.ts", text: "export const one = await 1;" },
  { rule: "no-explicit-any", path: "core/any.ts", text: "export const one: any = 1;" },
  { rule: "no-unsafe-member-access", path: "core/unsafe.ts", text: "export const id: unknown = JSON.parse('{}').id;" },
  {
    rule: "no-cycle",
    path: "core/hen.ts",
    text: 'import { egg } from "./egg.ts";\nexport const hen = (): unknown => egg;',
  },
  {
    rule: "no-cycle",
    path: "core/egg.ts",
    text: 'import { hen } from "./hen.ts";\nexport const egg = (): unknown => hen;',
  },
  { rule: "no-default-export", path: "chaos/default.ts", text: "export default 1;" },
  { rule: "max-lines", path: "core/long.ts", text: "export {};\n".repeat(301) },
  { rule: "max-lines-per-function", path: "core/tall.ts", text: `export function tall(): void {${"\n".repeat(60)}}` },
  {
    rule: "complexity",
    path: "core/branchy.ts",
    text: `export const f = (n: number): number =>${" n > 1 ? n :".repeat(12)} 0;`,
  },
  { rule: "no-console", path: "loadgen/print.ts", text: "console.log(1);" },
  { rule: "no-restricted-properties", path: "chaos/now.ts", text: "export const now = Date.now();" },
  { rule: "no-restricted-properties", path: "checks/dice.ts", text: "export const dice = Math.random();" },
  {
    rule: "no-restricted-globals",
    path: "reference/gateway/timer.ts",
    text: "export const t = setTimeout(String, 1);",
  },
  { rule: "no-restricted-imports", path: "loadgen/nap.ts", text: 'export { setTimeout } from "node:timers/promises";' },
  {
    rule: "no-restricted-properties",
    path: "worlds/inside/patience.ts",
    text: "export const s = AbortSignal.timeout(1);",
  },
  { rule: "no-restricted-properties", path: "sim/redis/now.ts", text: "export const now = performance.now();" },
  { rule: "no-restricted-globals", path: "worlds/sim/later.ts", text: "setImmediate(String);" },
  { rule: "no-restricted-globals", path: "reference/workflow/ask.ts", text: 'export const a = fetch("http://a");' },
  {
    rule: "no-restricted-globals",
    path: "reference/adapters/timer.ts",
    text: "export const t = setTimeout(String, 1);",
  },
  {
    rule: "no-restricted-imports",
    path: "reference/adapters/redis/socket.ts",
    text: 'export { connect } from "node:net";',
  },
  { rule: "no-restricted-imports", path: "reference/gateway/id.ts", text: 'export { randomUUID } from "node:crypto";' },
  { rule: "no-restricted-imports", path: "sim/nats/threads.ts", text: 'export { Worker } from "node:worker_threads";' },
  { rule: "no-process-env", path: "reference/worker/env.ts", text: "export const home = process.env;" },
];

/** The same words where they belong. */
const allowed = [
  { path: "scenarios/default.ts", text: "export default 1;" },
  { path: "cli/print.ts", text: "console.log(Date.now());" },
  { path: "core/system-clock.ts", text: "export const now = (): number => Date.now();" },
  { path: "reference/adapters/node-http.ts", text: 'export { createServer } from "node:http";' },
  { path: "reference/gateway/socket.ts", text: 'export type { Socket } from "node:net";' },
  { path: "reference/gateway/digest.ts", text: 'export { createHash } from "node:crypto";' },
  { path: "sim/redis/tcp.ts", text: 'export { createServer } from "node:net";' },
  { path: "worlds/local/timer.ts", text: "export const t = setTimeout(String, 1);" },
  { path: "chaos/some.test.ts", text: "export const now = Date.now();" },
];

/** It takes a second or two; on a machine that is busy with everything else, far longer. */
const lintWithinMs = 180_000;

interface Finding {
  readonly rule: string;
  readonly path: string;
}

let folder: string;
let found: Finding[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "seatrial-lint-"));
  for (const name of [".oxlintrc.jsonc", "tsconfig.json"]) cpSync(join(root, name), join(folder, name));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const { path, text } of [...mistakes, ...allowed]) write(path, text);
  found = await lint(folder);
}, lintWithinMs);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(mistakes)("$rule sees $path", ({ rule, path }) => {
  expect(found.filter((each) => each.path === path).map((each) => each.rule)).toContain(rule);
});

test.each(allowed)("$path is left in peace", ({ path }) => {
  expect(found.filter((each) => each.path === path)).toEqual([]);
});

test(
  "the tree itself is clean: functions, complexity, types, promises",
  async () => {
    expect(await lint(root)).toEqual([]);
  },
  lintWithinMs,
);

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), `${text}\n`);
}

/** Runs the linter as `npm run check:lint` does. */
function lint(cwd: string): Promise<Finding[]> {
  const oxlint = join(root, "node_modules/oxlint/bin/oxlint");
  const options = { cwd, timeout: lintWithinMs, maxBuffer: 64 * 2 ** 20 };
  return new Promise((resolve, reject) => {
    // What is found sets the exit code, so that an error alone says nothing.
    execFile(process.execPath, [oxlint, "--format", "json"], options, (_error, stdout, stderr) => {
      if (!stdout.startsWith("{")) return reject(new Error(`oxlint printed no report: ${stdout}${stderr}`));
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
      resolve(diagnostics.map(({ code, filename }) => ({ rule: ruleIn(code), path: filename })));
    });
  });
}

/** `typescript(no-floating-promises)` is `no-floating-promises`. */
function ruleIn(code: string): string {
  return /\((.*)\)/.exec(code)?.[1] ?? code;
}
