import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { CapacityRecord, WindowFigures } from "../../capacity/mod.ts";
import { isAlive, seatrial, startSeatrial } from "../seatrial.test-support.ts";
import { addCapacity } from "./capacity.ts";

const tiny = `title: The smallest bus
ask: { rate: 500/s, p99Wait: 500ms }
measure: { utilisations: [0.4, 1.2], repeats: 1, warmUp: 200ms, lasting: 1s, seed: 3 }
sweep: { utilisations: [0.3, 0.6], lasting: 500ms }
configurations:
  tiny: { shards: 2, workers: 2, queueSize: 500, service: 20ms, topics: { count: 40 }, payload: 100B }
`;

let folder = "";
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "seatrial-capacity-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("it is a command", () => expect(addCapacity).toBeTypeOf("function"));

test.each([
  ["an unknown key", tiny.replace("workers", "wokers"), 'did you mean "workers"?'],
  ["a wrong unit", tiny.replace("500/s", "500/h"), "10/s"],
  ["a rate of nothing", tiny.replace("500/s", "0/s"), "give 0.001"],
  ["a negative rate", tiny.replace("500/s", "-500/s"), "give 0.001"],
  ["no YAML", tiny.replace("{ shards", "{ { shards"), "mend the YAML"],
])("a plan with %s is a mistake: exit code 2, the line, and the way out", async (_name, text, wayOut) => {
  const path = plan("bad.yaml", text);
  const { code, stdout, stderr } = await seatrial("capacity", path, "--out", join(folder, "bad"));
  expect(code).toBe(2);
  expect(stderr).toMatch(/bad\.yaml:\d+/);
  expect(stderr).toContain(wayOut);
  expect(stdout).toBe("");
});

test.each([
  [["capacity"], "--explain seed"],
  [["capacity", "no-such-plan.yaml"], "plans/quick.yaml"],
  [["capacity", "--explain", "sed"], "there is seed"],
])("seatrial %j is a mistake too", async (words, wayOut) => {
  const { code, stderr } = await seatrial(...words);
  expect(code).toBe(2);
  expect(stderr).toContain(wayOut);
});

test("--explain seed works out the six examples", async () => {
  const { code, stdout } = await seatrial("capacity", "--explain", "seed");
  expect(code).toBe(0);
  for (const printed of ["320 msg/s", "80,000", "5 pods", "2.1 cores", "1.08 GB", "112 threads"]) {
    expect(stdout).toContain(printed);
  }
  expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("a small bus is measured, and what was seen agrees with itself", async () => {
  const out = join(folder, "tiny");
  const { code, stdout } = await seatrial("capacity", plan("tiny.yaml", tiny), "--json", "--out", out);
  const record = JSON.parse(stdout) as CapacityRecord;
  expect(code).toBe(record.status === "passed" ? 0 : 3);
  expect(stdout).not.toMatch(/NaN|Infinity/);

  const [tinyBus] = record.configurations;
  if (!tinyBus) throw new Error("nothing was measured");
  const { ledger, windows, saturated, sweep, rows } = tinyBus;
  expect(ledger.delivered + ledger.refused).toBe(ledger.offered);
  expect(ledger.missing).toBe(0);
  for (const window of [...windows, ...saturated, ...sweep]) agreesWithItself(window);
  const unstable = rows.find(({ figure }) => figure === "mean wait at 1.2");
  expect(unstable?.modelInWords ?? "").toMatch(/^unstable: 1\.\d\d of what it can serve|^$/);

  const run = join(out, readdirSync(out)[0] ?? "");
  expect(readdirSync(run).toSorted()).toEqual(["capacity.html", "capacity.json", "capacity.md"]);
  expect(JSON.parse(readFileSync(join(run, "capacity.json"), "utf8"))).toEqual(record);
});

test("Ctrl-C in the middle ends it with 130, and neither its bus nor its folder is left", async () => {
  const out = join(folder, "interrupted");
  const child = startSeatrial("capacity", plan("tiny.yaml", tiny), "--out", out);
  const exited = once(child, "exit");
  await expect.poll(() => childrenOf(child.pid).length, { timeout: 30_000 }).toBe(1);
  const [bus] = childrenOf(child.pid);
  child.kill("SIGINT");
  expect(await exited).toEqual([130, null]);
  expect(isAlive(bus ?? 0)).toBe(false);
  expect(readdirSync(out)).toEqual([]);
});

/** What holds of any machine, however slow: bounds, not speeds. */
function agreesWithItself(window: WindowFigures): void {
  const { offeredPerSecond, deliveredPerSecond, utilisation, little, wait, messages } = window;
  // What was queued before the window may end in it: a few messages of the warm-up.
  if (utilisation < 1) expect(deliveredPerSecond).toBeLessThanOrEqual(offeredPerSecond + 60);
  expect(wait.messages).toBeLessThanOrEqual(messages);
  expect(wait.p50Ms).toBeLessThanOrEqual(wait.p99Ms);
  expect(Math.abs(little.gauge - little.byWaits)).toBeLessThanOrEqual(2 + Math.max(little.gauge, little.byWaits));
}

function plan(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** From Linux's process table. */
function childrenOf(pid: number | undefined): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
}
