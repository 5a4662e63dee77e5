import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { isAlive, seatrial, startSeatrial } from "./seatrial.test-support.ts";

let out = "";
beforeAll(() => (out = mkdtempSync(join(tmpdir(), "seatrial-cli-"))));
afterAll(() => rmSync(out, { recursive: true, force: true }));

test("help tells the commands and the exit codes", async () => {
  const { code, stdout } = await seatrial("--help");
  expect(code).toBe(0);
  for (const command of ["run", "ablate", "report", "list", "doctor", "up", "status", "down"]) {
    expect(stdout).toContain(`\n  ${command} `);
  }
  expect(stdout).toContain("Exit codes:");
});

test.each([
  [["run", "no-duplicate-dispach"], "no-duplicate-dispatch"],
  [["run", "gate-19", "--without", "fence"], "fencing-epoch"],
  [["run", "gate-19", "--set", "WORKER_TLL=1s"], "WORKER_TTL"],
  [["run", "gate-19", "--tuning", "none.json"], "fast"],
  [["run", "gate-19", "--world", "moon"], "--world local"],
  [["run", "gate-19", "--sed", "1"], "--seed"],
  [["list", "scenrios"], "scenarios"],
  [["ablate", "outbocks"], "outbox"],
  [["ablate", "--attempts", "none"], "1 to 100"],
  [["report", "no-such-run"], "run.json"],
  [["rn"], "run"],
])("seatrial %j is a mistake: exit code 2, and the way out", async (words, wayOut) => {
  const { code, stdout, stderr } = await seatrial(...words);
  expect(code).toBe(2);
  expect(stderr).toContain(wayOut);
  expect(stdout).toBe("");
});

test("a run folder that cannot be made ends the run before anything is started", async () => {
  const file = join(out, "file");
  writeFileSync(file, "");
  const { code, stderr } = await seatrial("run", "two-replica-health", "--out", file);
  expect(code).toBe(3);
  expect(stderr).toContain("[run_folder_not_writable]");
});

test("lists come from the registries, as a table or as JSON", async () => {
  const { stdout } = await seatrial("list", "safeguards", "--json");
  const names = (JSON.parse(stdout) as { name: string }[]).map((entry) => entry.name);
  expect(names).toContain("fencing-epoch");
  expect((await seatrial("list", "faults")).stdout).toContain("kill");
});

test("a run prints one JSON object and leaves its reports, which can be rendered again", async () => {
  const runs = join(out, "whole");
  const { code, stdout } = await seatrial("run", "two-replica-health", "--json", "--seed", "1", "--out", runs);
  const { record } = JSON.parse(stdout) as { record: { status: string; verdicts: { status: string }[] } };
  expect(record.verdicts.map((verdict) => verdict.status)).toEqual(record.verdicts.map(() => "pass"));
  expect(code).toBe(record.status === "passed" ? 0 : 3);
  const folder = join(runs, readdirSync(runs)[0] ?? "");
  const files = ["history.jsonl", "junit.xml", "logs", "report.html", "run.json", "summary.md"];
  expect(readdirSync(folder).toSorted()).toEqual(files);

  const html = readFileSync(join(folder, "report.html"), "utf8");
  rmSync(join(folder, "report.html"));
  expect((await seatrial("report", folder)).code).toBe(0);
  expect(readFileSync(join(folder, "report.html"), "utf8")).toBe(html);
});

test("Ctrl-C in the middle of a run ends it with 130, and nothing that it started is left", async () => {
  const child = startSeatrial("run", "two-replica-health", "--out", join(out, "interrupted"));
  const exited = once(child, "exit");
  // Its servers, its six replicas, and the reaper.
  await expect.poll(() => descendantsOf(child.pid).length, { timeout: 30_000 }).toBeGreaterThanOrEqual(9);
  const pids = descendantsOf(child.pid);
  child.kill("SIGINT");
  expect(await exited).toEqual([130, null]);
  expect(pids.filter(isAlive)).toEqual([]);
});

/** From Linux's process table; the children of the children too. */
function descendantsOf(pid: number | undefined): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
  return children.map(Number).flatMap((each) => [each, ...descendantsOf(each)]);
}
