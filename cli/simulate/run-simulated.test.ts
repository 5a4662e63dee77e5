import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { planTrials } from "../run/plan.ts";
import { runSimulated } from "./run-simulated.ts";

test("a simulation that was interrupted leaves no folder", async () => {
  const out = mkdtempSync(join(tmpdir(), "seatrial-simulated-"));
  onTestFinished(() => rmSync(out, { recursive: true, force: true }));
  const [plan] = planTrials("steady-work", { world: "sim", seed: "1", set: [], without: [] });
  const stop = new AbortController();
  const made: string[] = [];
  const step = (): void => {
    made.push(...readdirSync(out));
    stop.abort();
  };
  const progress = { step, live: () => {}, done: () => {} };
  await expect(runSimulated(plan!, { out, progress, signal: stop.signal })).rejects.toThrow(/abort/);
  expect([made.length, readdirSync(out)]).toEqual([1, []]);
});
