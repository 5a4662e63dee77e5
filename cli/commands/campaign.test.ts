import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

import { exitCodes, type ExitCode } from "../../core/mod.ts";
import type { Console } from "../command.ts";
import { makeProgram } from "../program.ts";

const folder = mkdtempSync(join(tmpdir(), "seatrial-campaign-command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const old = join(folder, "old.json");
writeFileSync(old, JSON.stringify({ format: 7, seatrial: "9.9.9" }));

test.each([
  [["campaign", "two-replica-helth"], "two-replica-health"],
  [["campaign", "gate-19", "--seeds", "many"], "Not a number for --seeds"],
  [["campaign", "gate-19", "--seeds", "0"], "from 1 to"],
  [["campaign", "gate-19", "--seeds", "10", "--for", "5m"], "not both"],
  [["campaign", "gate-19", "--for", "soon"], "Not a time for --for"],
  [["campaign", "gate-19", "--first", "seven"], "Not a number for --first"],
  [["campaign", "gate-19", "--first", "-1"], "Not a number for --first"],
  [["campaign", "gate-19", "--jobs", "0"], "Not a number for --jobs"],
  [["campaign", "gate-19", "--load", "2"], "Not a factor for --load"],
  [["campaign", "gate-19", "--load", ""], "Not a factor for --load"],
  [["campaign", "gate-19", "--shrink-runs", "-3"], "Not a number for --shrink-runs"],
  [["campaign", "gate-19", "--without", "fence"], "fencing-epoch"],
  [["campaign", "gate-19", "--tuning", "none.json"], "Cannot read the tuning"],
  [["sweep", "gate-19"], "is a suite"],
  [["sweep", "two-replica-health", "--limit", "none"], "Not a number for --limit"],
  [["sweep", "two-replica-health", "--seed", "x"], "Not a number for --seed"],
  [["sweep", "bus-submits"], "submits no job over a gateway"],
  [["replay", join(folder, "nothing")], "Cannot replay"],
  [["replay", folder], "replay.json"],
  [["replay", old], "is of replay format 7, made by Seatrial 9.9.9"],
  [["replay", old, "--last", "few"], "Not a number for --last"],
  [["ablate", "outbox", "--world", "sim", "--seeds", "none"], "Not a number for --seeds"],
  [["ablate", "outbox", "--world", "moon"], "--world local or sim"],
  [["ablate", "outbox", "--seeds", "10"], "about simulated runs"],
])("seatrial %j is a mistake: exit code 2, and nothing is run", async (words, message) => {
  const failure = await run(words).then(
    () => undefined,
    (thrown: Error & { hint?: string; exitCode?: ExitCode }) => thrown,
  );
  expect(`${failure?.message} ${failure?.hint}`).toContain(message);
  expect(failure?.exitCode).toBe(exitCodes.usage);
});

test("a campaign prints one JSON object, leaves its reports, and exits by what it found", async () => {
  const words = ["campaign", "two-replica-health", "--seeds", "2", "--jobs", "1", "--json", "--out", folder];
  const { code, out } = await run(words);
  const result = JSON.parse(out) as { status: string; counts: { passed: number }; speed: { virtualMs: number } };
  expect([code, result.status, result.counts.passed]).toEqual([exitCodes.passed, "passed", 2]);
  expect(result.speed.virtualMs).toBeGreaterThan(2_000);
  const left = readdirSync(folder).find((name) => name.endsWith("campaign-two-replica-health")) ?? "";
  expect(readdirSync(join(folder, left)).toSorted()).toEqual(["campaign.json", "report.html", "summary.md"]);
  expect(JSON.parse(readFileSync(join(folder, left, "campaign.json"), "utf8"))).toEqual(result);
});

test("the canary's campaign exits with 1", async () => {
  const few = ["--seeds", "1", "--jobs", "1", "--shrink-runs", "0", "--tuning", "fast"];
  expect((await run(["campaign", "canary", ...few, "--json", "--out", folder])).code).toBe(exitCodes.failed);
});

async function run(words: readonly string[]): Promise<{ code: ExitCode | undefined; out: string }> {
  let code: ExitCode | undefined;
  const lines: string[] = [];
  const silent = { write: () => true } as unknown as NodeJS.WriteStream;
  const { signal } = new AbortController();
  const out = (text: string): void => void lines.push(text);
  const console: Console = { out, stderr: silent, columns: 80, colour: false, signal };
  await makeProgram(console, (finished) => (code = finished)).parseAsync(["node", "seatrial", ...words]);
  return { code, out: lines.join("\n") };
}
