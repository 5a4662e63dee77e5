import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { EnvironmentError, UsageError, type RunRecord } from "../../core/mod.ts";
import { startReaper } from "../../worlds/local/mod.ts";
import type { RunTrial } from "../compare/compare.ts";
import type { TrialPlan } from "../run/plan.ts";
import type { TrialContext } from "../run/trial.ts";
import { makeRunFolder } from "../run/run-folder.ts";
import type { TrialOutcome } from "../run/outcome.ts";

/**
 * Runs trials with the code of another checkout, by its own command line: so a change of code has a baseline too. What
 * its witnesses wrote is measured by this tree.
 *
 * @throws UsageError when there is no Seatrial in it.
 */
export function runInTree(tree: string): RunTrial {
  const main = join(resolve(tree), "cli", "main.ts");
  if (!existsSync(main))
    throw new UsageError(`There is no Seatrial in "${tree}"`, "check the baseline's commit out there");
  return async (plan, context) => {
    const out = makeRunFolder(context.out, `baseline-${plan.name}`, new Date());
    await run(main, wordsOf(plan, out), out, context);
    return outcomeIn(out);
  };
}

function wordsOf({ name, seed, tuning, pace, world, servers }: TrialPlan, out: string): string[] {
  const file = tuningFile(out);
  mkdirSync(join(out, "run"));
  writeFileSync(file, JSON.stringify(tuning));
  const words = ["run", name, "--seed", seed, "--tuning", file, "--world", world, "--out", join(out, "run"), "--json"];
  // Older trees know only real servers, and not the option.
  if (servers === "embedded") words.push("--servers", servers);
  return pace === undefined ? words : [...words, "--pace", `${pace}`];
}

/**
 * Its verdicts are in its record; only a run that left none is a failure here.
 *
 * It is in a group of its own, so that Ctrl-C at the terminal reaches it once, through this process, and it can clean
 * up in peace. It does not outlive this process: a reaper sees to that, and its own reaper to what it had started.
 */
async function run(main: string, words: readonly string[], out: string, { signal }: TrialContext): Promise<void> {
  signal.throwIfAborted();
  const reaper = await startReaper(tuningFile(out));
  try {
    const child = spawn(process.execPath, [main, ...words], { stdio: ["ignore", "ignore", "inherit"], detached: true });
    if (child.pid !== undefined) reaper.watch(child.pid);
    const stop = (): void => void child.kill("SIGINT");
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    await once(child, "exit").finally(() => signal.removeEventListener("abort", stop));
  } finally {
    await reaper.done();
  }
}

/** Nobody needs it any more when the reaper has to act, which removes it then. */
function tuningFile(out: string): string {
  return join(out, "tuning.json");
}

function outcomeIn(out: string): Pick<TrialOutcome, "record" | "folder"> {
  const [name] = readdirSync(join(out, "run"));
  const folder = join(out, "run", name ?? "");
  const path = join(folder, "run.json");
  if (!existsSync(path)) {
    throw new EnvironmentError("baseline_not_run", `The baseline's tree left no run in ${out}`, "see what it printed");
  }
  const record = JSON.parse(readFileSync(path, "utf8")) as RunRecord;
  return { record, folder };
}
