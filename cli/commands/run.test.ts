import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { RunRecord } from "../../core/mod.ts";
import packageJson from "../../package.json" with { type: "json" };

let out = "";
beforeAll(() => (out = mkdtempSync(join(tmpdir(), "seatrial-without-servers-"))));
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** The two commands of `npm start`, as words. */
const [prepare = [], run = []] = packageJson.scripts.start.split(" && ").map((command) => command.split(" ").slice(2));

test("npm start prepares in vain without failing, where nothing is installed and nothing can be", async () => {
  const { code, stdout, stderr } = await seatrial(...prepare);
  expect(code).toBe(0);
  expect(stderr).toContain("[servers_missing] Cannot obtain redis-server");
  expect(stdout).toContain("until then: --servers embedded");
  expect((await seatrial("doctor", "--for", "servers")).code).toBe(3);
});

test("then it runs all the same, and says in its first line on what and why", async () => {
  expect(run.slice(-2)).toEqual(["--servers", "auto"]);
  const runs = join(out, "runs");
  const words = ["run", "two-replica-health", ...run.slice(2), "--seed", "1", "--out", runs];
  const { stdout, stderr } = await seatrial(...words);
  expect(stderr.split("\n")[0]).toMatch(/^servers: embedded stand-ins, in memory.*because redis-server/);
  expect(stdout.split("\n").slice(0, 8).join(" ")).toContain("Embedded servers: Redis 7.0.15 (embedded)");
  const folder = join(runs, readdirSync(runs)[0] ?? "");
  const record = JSON.parse(readFileSync(join(folder, "run.json"), "utf8")) as RunRecord;
  expect(record).toMatchObject({ servers: "embedded", machine: { nats: "2.9.10 (embedded)" } });
  expect(record.verdicts.map(({ status }) => status)).toEqual(record.verdicts.map(() => "pass"));
  expect(record.reproduce).toContain("--servers embedded");
});

test("who asks for real servers that are missing is told of the ways without them", async () => {
  const { code, stderr } = await seatrial("run", "two-replica-health", "--out", out);
  expect(code).toBe(3);
  expect(stderr).toMatch(/\[server_missing\][^]*doctor --fix[^]*--servers embedded[^]*--world sim/);
});

test.each([
  [["--world", "compose", "--servers", "embedded"], "--world compose brings its own servers"],
  [["--world", "sim", "--servers", "embedded"], "--world sim brings its own servers"],
  [["--servers", "fake"], "use --servers real, embedded or auto"],
])("%j is a mistake", async (words, because) => {
  const { code, stderr } = await seatrial("run", "two-replica-health", ...words);
  expect(code).toBe(2);
  expect(stderr).toContain(because);
});

/** On a machine that has nothing but Node. */
function seatrial(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const main = join(import.meta.dirname, "..", "main.ts");
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...words], { env: { PATH: out }, cwd: out }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
  });
}
