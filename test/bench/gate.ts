import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { exitCodes } from "../../core/mod.ts";
import { summarize, type Bench, type Numbers } from "./result.ts";

const defaults = { runs: 2 };
const root = join(import.meta.dirname, "..", "..");
const policy = join(root, "gates", "quick.yaml");

/** A worker that does one job at a time instead of sixteen: too slow for the load of the quick gate. */
const planted = "WORKER_MAX_PARALLEL_JOBS=1";

/**
 * How often the gate is wrong: on no change at all it should always pass, on a planted regression always fail. The
 * second is tried a quarter as often. The baseline is recorded first, on this machine.
 */
export const gate: Bench = {
  title: "The quick gate on no change (it should pass) and on a planted regression (it should fail)",
  async *run({ runs = defaults.runs, signal }) {
    const folder = mkdtempSync(join(tmpdir(), "seatrial-bench-gate-"));
    try {
      const seatrial = (words: readonly string[]): Promise<Ended> => command(folder, words, signal);
      const recorded = await seatrial(["--update-baseline"]);
      if (recorded.exitCode !== exitCodes.passed) throw new Error(`no baseline was recorded: ${recorded.exitCode}`);
      yield summarize("gate", "no change", [await repeat(runs, () => seatrial([]))]);
      const rarer = Math.max(1, Math.ceil(runs / 4));
      yield summarize("gate", `planted: ${planted}`, [await repeat(rarer, () => seatrial(["--set", planted]))]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Ended {
  readonly exitCode: number | null;
  readonly ms: number;
}

/** Counts of what gates came to; `seconds` is the mean of one. */
async function repeat(times: number, decide: () => Promise<Ended>): Promise<Numbers> {
  const all: Ended[] = [];
  while (all.length < times) {
    all.push(await decide());
    console.error(`gate ${all.length} of ${times}: exit code ${all.at(-1)?.exitCode}`);
  }
  const ended = (code: number): number => all.filter(({ exitCode }) => exitCode === code).length;
  return {
    gates: all.length,
    passed: ended(exitCodes.passed),
    failed: ended(exitCodes.failed),
    inconclusive: ended(exitCodes.inconclusive),
    seconds: all.reduce((sum, { ms }) => sum + ms, 0) / all.length / 1_000,
  };
}

async function command(folder: string, words: readonly string[], signal: AbortSignal | undefined): Promise<Ended> {
  signal?.throwIfAborted();
  const beganAt = performance.now();
  const gateWords = ["gate", "--policy", policy, "--baseline", join(folder, "baseline.json"), "--out", folder];
  const child = spawn(process.execPath, [join(root, "cli", "main.ts"), ...gateWords, "--strict", "--json", ...words], {
    stdio: ["ignore", "ignore", "ignore"],
  });
  const stop = (): void => void child.kill("SIGINT");
  signal?.addEventListener("abort", stop, { once: true });
  const [exitCode] = (await once(child, "exit")) as [number | null];
  signal?.removeEventListener("abort", stop);
  signal?.throwIfAborted();
  return { exitCode, ms: performance.now() - beganAt };
}
