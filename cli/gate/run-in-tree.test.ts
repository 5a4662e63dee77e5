import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, expect, test } from "vitest";

import { measureRun } from "../compare/measured-run.ts";
import { fakeContext } from "../compare/fake-trials.test-support.ts";
import { planTrials } from "../run/plan.ts";
import { runInTree } from "./run-in-tree.ts";

const folder = mkdtempSync(join(tmpdir(), "seatrial-tree-"));

/** Of the processes that tests started, however they ended. */
const started: number[] = [];
afterEach(() => {
  for (const pid of started.splice(0)) if (existsSync(`/proc/${pid}`)) process.kill(pid, "SIGKILL");
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const root = join(import.meta.dirname, "..", "..");
const choices = { seed: "7", tuning: "fast", set: ["WORKER_MAX_PARALLEL_JOBS=3"], without: [], pace: "0.1" };

test("a trial runs with the code of another tree, on real servers, and is measured here", async () => {
  const [plan] = planTrials("two-replica-health", choices);
  if (!plan) throw new Error("no plan");
  const outcome = await runInTree(root)(plan, fakeContext(folder));
  expect(outcome.record).toMatchObject({ scenario: "two-replica-health", seed: "7" });
  expect(outcome.record.tuning).toMatchObject({ WORKER_MAX_PARALLEL_JOBS: "3" });
  const { measures } = await measureRun({ pair: 1, side: "a", seed: "7" }, outcome);
  expect(measures.find(({ id }) => id === "end-to-end-p50")?.value).toBeGreaterThan(0);
}, 180_000);

/** A tree whose command says who it is and what it is told, and stays until it is told to stop. */
function listeningTree(name: string): { tree: string; heard: () => string[] } {
  const tree = join(folder, name);
  const log = join(tree, "heard");
  mkdirSync(join(tree, "cli"), { recursive: true });
  writeFileSync(log, "");
  const main = `import { appendFileSync } from "node:fs";
    process.on("SIGINT", () => { appendFileSync(${JSON.stringify(log)}, "SIGINT\\n"); process.exit(130); });
    setInterval(() => {}, 1_000);
    appendFileSync(${JSON.stringify(log)}, process.pid + "\\n");`;
  writeFileSync(join(tree, "cli", "main.ts"), main);
  return { tree, heard: () => readFileSync(log, "utf8").split("\n").slice(0, -1) };
}

/** A program that runs a trial in a tree. */
function parentOf(tree: string): string {
  const module = (path: string): string => JSON.stringify(join(import.meta.dirname, path));
  return `import { fakeContext } from ${module("../compare/fake-trials.test-support.ts")};
    import { planTrials } from ${module("../run/plan.ts")};
    import { runInTree } from ${module("run-in-tree.ts")};
    const [plan] = planTrials("two-replica-health", ${JSON.stringify(choices)});
    await runInTree(${JSON.stringify(tree)})(plan, fakeContext(${JSON.stringify(folder)}));`;
}

/** The process group of a process, from Linux's process table. */
function groupOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2]);
}

const waiting = { timeout: 20_000, interval: 20 };

test.runIf(process.platform === "linux")(
  "Ctrl-C at the terminal does not reach it: it hears of it once, from here",
  async () => {
    const { tree, heard } = listeningTree("listening");
    const stop = new AbortController();
    const [plan] = planTrials("two-replica-health", choices);
    if (!plan) throw new Error("no plan");
    const ran = runInTree(tree)(plan, fakeContext(folder, stop.signal));
    const ended = Promise.allSettled([ran]);
    await expect.poll(heard, waiting).toHaveLength(1);
    const pid = Number(heard()[0]);
    started.push(pid);
    expect(groupOf(pid), "a group of its own").toBe(pid);
    expect(groupOf(pid)).not.toBe(groupOf(process.pid));
    stop.abort();
    expect(await ended).toMatchObject([{ reason: { code: "baseline_not_run" } }]);
    expect(heard()).toEqual([`${pid}`, "SIGINT"]);
  },
  60_000,
);

test.runIf(process.platform === "linux")(
  "it does not outlive this process, even when that is killed",
  async () => {
    const { tree, heard } = listeningTree("outlived");
    const script = join(folder, "parent.ts");
    writeFileSync(script, parentOf(tree));
    const parent = spawn(process.execPath, [script], { stdio: ["ignore", "ignore", "inherit"] });
    await expect.poll(heard, { ...waiting, timeout: 60_000 }).toHaveLength(1);
    const pid = Number(heard()[0]);
    started.push(pid);
    parent.kill("SIGKILL");
    await expect.poll(() => existsSync(`/proc/${pid}`), waiting).toBe(false);
    expect(heard(), "it had no time to clean up").toHaveLength(1);
  },
  120_000,
);

test("a folder without a Seatrial is a mistake", () => {
  expect(() => runInTree(folder)).toThrow("There is no Seatrial in");
});
