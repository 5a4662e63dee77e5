import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

import { exitCodes } from "../../core/mod.ts";
import type { Console } from "../command.ts";
import { makeProgram } from "../program.ts";

const folder = mkdtempSync(join(tmpdir(), "seatrial-compare-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const main = join(import.meta.dirname, "..", "main.ts");
const torn = join(folder, "torn.json");
writeFileSync(torn, '{"checksum": "sha256-');
const wrongUnit = join(folder, "unit.yaml");
writeFileSync(wrongUnit, "SCHEDULER_JOB_LOCK_TTL: 5 parsecs\n");
const quick = join(import.meta.dirname, "..", "..", "gates", "quick.yaml");

function start(...words: string[]) {
  const child = spawn(process.execPath, [main, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said.err += text));
  return { child, said, ended: once(child, "close") as Promise<[number | null]> };
}

test.each([
  [["compare", "fast"], "missing required argument 'tuning-b'"],
  [["compare", "fast", "defualt"], 'Cannot read the tuning "defualt"'],
  [["compare", "fast", wrongUnit], "is no duration"],
  [["compare", "fast", "default", "--pairs", "1"], "Not a number of pairs"],
  [["compare", "fast", "default", "--scenario", "gate-19"], "is a suite"],
  [["list", "constructor"], 'Cannot list "constructor"'],
  [["run", "constructor"], 'Unknown scenario or suite "constructor"'],
  [["run", "crash-after-publish", "--world", "compose"], "crash-after-publish"],
  [["gate", "--policy", quick], "required option '--baseline <file>'"],
  [["gate", "--policy", quick, "--baseline", "none.json"], 'There is no baseline at "none.json"'],
  [["gate", "--policy", "none.yaml", "--baseline", torn], "Cannot read the policy"],
  [["gate", "--policy", quick, "--baseline", torn, "--strict", "--advisory"], "Both --advisory and --strict"],
])("seatrial %j is a mistake, and nothing is started", async (words, message) => {
  await expect(parsed(words)).rejects.toThrow(message);
});

test.each(["run", "compare", "gate"])("the help of %s names every world", (name) => {
  const program = makeProgram({ ...({} as Console) }, () => {});
  const help = program.commands.find((command) => command.name() === name)?.helpInformation() ?? "";
  expect(help.replaceAll(/\s+/g, " ")).toContain("local (processes), compose (containers), or sim (simulated");
});

test("a torn baseline is the environment's fault, and the way out is told", async () => {
  await expect(parsed(["gate", "--policy", quick, "--baseline", torn])).rejects.toMatchObject({
    code: "baseline_torn",
    exitCode: exitCodes.inconclusive,
    hint: expect.stringContaining("--update-baseline"),
  });
});

async function parsed(words: readonly string[]): Promise<unknown> {
  const silent: Console = {
    out: (text) => expect.fail(`said ${text}`),
    stderr: process.stderr,
    columns: 80,
    colour: false,
    signal: AbortSignal.abort(),
  };
  const program = makeProgram(silent, () => {});
  for (const command of [program, ...program.commands]) command.exitOverride().configureOutput({ writeErr: () => {} });
  return program.parseAsync(["node", "seatrial", ...words]);
}

test("Ctrl-C in a comparison cleans up, says what was done so far, and ends with 130", async () => {
  const { child, said, ended } = start(
    "compare",
    "fast",
    "default",
    "--scenario",
    "two-replica-health",
    "--out",
    folder,
  );
  await expect.poll(() => said.err, { timeout: 150_000, interval: 100 }).toContain("run 1 of 10, pair 1, fast: ");
  child.kill("SIGINT");
  expect((await ended)[0]).toBe(130);
  expect(said.err).toContain("cleaning up");
  expect(said.out).toContain("Interrupted after 1 runs: 0 of 4 pairs are complete.");
}, 180_000);
