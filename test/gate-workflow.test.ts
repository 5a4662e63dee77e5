import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";
import { parse } from "yaml";

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly run?: string;
}

const folder = mkdtempSync(join(tmpdir(), "seatrial-workflow-"));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const path = join(import.meta.dirname, "..", ".github", "workflows", "gate.yml");
const { jobs } = parse(readFileSync(path, "utf8")) as { jobs: { gate: { steps: Step[] } } };
const { steps } = jobs.gate;
const calibration = steps.find(({ id }) => id === "baseline");

/** A checkout whose command writes the baseline that it is asked for, unless it fails. */
function makeTree(tree: string, name: string, fails = false): void {
  mkdirSync(tree, { recursive: true });
  writeFileSync(join(tree, "package.json"), JSON.stringify({ scripts: { seatrial: "node main.cjs" } }));
  const main = fails
    ? "process.exit(2)"
    : `const words = process.argv.slice(2);
       const file = words[words.indexOf("--baseline") + 1];
       if (words.includes("--update-baseline")) require("node:fs").writeFileSync(file, ${JSON.stringify(name)});`;
  writeFileSync(join(tree, "main.cjs"), main);
}

/** Runs the step as GitHub does, in a change's checkout with its base branch inside. */
function calibrate(name: string, base: "measures" | "fails" | "empty") {
  const change = join(folder, name);
  makeTree(change, "change");
  const baseTree = join(change, ".seatrial", "baseline-tree");
  mkdirSync(baseTree, { recursive: true });
  if (base !== "empty") makeTree(baseTree, "base", base === "fails");
  const output = join(change, "output");
  writeFileSync(output, "");
  const said = execFileSync("bash", ["-e", "-c", calibration?.run ?? "exit 9"], {
    cwd: change,
    env: { PATH: process.env["PATH"], HOME: folder, GITHUB_OUTPUT: output },
    stdio: ["ignore", "pipe", "ignore"],
    encoding: "utf8",
  });
  const file = join(change, "runs", "baseline.json");
  const recordedBy = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  return { said, recordedBy, output: readFileSync(output, "utf8"), baseTree };
}

test("the base branch's own code records the baseline, and runs as it", () => {
  const { recordedBy, output, said, baseTree } = calibrate("usual", "measures");
  expect(recordedBy).toBe("base");
  expect(output).toBe(`tree=--baseline-tree ${baseTree}\n`);
  expect(said).not.toContain("::warning");
}, 60_000);

test.each(["empty", "fails"] as const)(
  "where it cannot (%s), the change is its own baseline, which is said",
  (base) => {
    const { recordedBy, output, said } = calibrate(base, base);
    expect(recordedBy).toBe("change");
    expect(output).toBe("");
    expect(said).toContain("::warning title=no baseline of the base branch::");
  },
  60_000,
);

test("the gate and the reports come after it, whether it succeeded or not", () => {
  const at = (name: string): number => steps.findIndex((step) => step.name === name);
  const [gate, reports] = [steps[at("Gate")], steps[at("Keep the reports")]];
  expect(at("Gate")).toBeGreaterThan(steps.findIndex(({ id }) => id === "baseline"));
  expect(at("Keep the reports")).toBeGreaterThan(at("Gate"));
  expect(gate?.if).toContain("!cancelled()");
  expect(gate?.run).toContain("${{ steps.baseline.outputs.tree }}");
  expect(reports?.if).toContain("always()");
});
