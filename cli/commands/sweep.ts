import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { exitCodes, UsageError, type ExitCode } from "../../core/mod.ts";
import { renderSweepHtml, renderSweepTerminal, type SweepResult } from "../../reports/mod.ts";
import { baseRecipes, readJobs, readWhole, type RecipeChoices } from "../campaign/choices.ts";
import { processPool } from "../campaign/pool/process-pool.ts";
import type { AddCommand, Console } from "../command.ts";
import { openProgress } from "../progress.ts";
import { defaultRunsFolder, makeRunFolder } from "../run/run-folder.ts";
import { leaveFailures } from "../sweep/leave-failures.ts";
import { sweepResultOf } from "../sweep/result.ts";
import { soloRecipe } from "../sweep/solo-recipe.ts";
import { assertReplica, sweep, type SweepOrder } from "../sweep/sweep.ts";
import { collect } from "./collect.ts";
import { commandLine } from "./command-line.ts";

interface SweepOptions extends Omit<RecipeChoices, "load"> {
  readonly seed: string;
  readonly replica?: string;
  readonly limit?: string;
  readonly jobs?: string;
  readonly out: string;
  readonly json?: boolean;
}

/** `seatrial sweep <scenario>` */
export const addSweep: AddCommand = (program, console, run) => {
  program
    .command("sweep")
    .description(
      "Let every replica die before and after each call that it makes for one job and one run, one at a time.",
    )
    .argument("<scenario>", "whose cluster and first loads are used; see `seatrial list scenarios`")
    .option("--seed <seed>", "of every run", "1")
    .option("--replica <id|role>", "only calls of this replica, or of replicas of this role")
    .option("--limit <n>", "only the first so many calls")
    .option("--jobs <n>", "worker processes (default: one for each core)")
    .option("--tuning <name>", "default (the documented values), fast, or a YAML or JSON file", "default")
    .option("--set <key=value>", "one setting of the plane; may be repeated", collect, [])
    .option("--without <safeguard>", "leave a safeguard out; may be repeated", collect, [])
    .option("--out <folder>", "where the sweep's folder goes", defaultRunsFolder)
    .option("--json", "print one JSON object on stdout and nothing else")
    .action((name: string, options: SweepOptions) => run(act(name, options, console)));
};

async function act(name: string, options: SweepOptions, console: Console): Promise<ExitCode> {
  const order = sweepOrder(name, options);
  assertReplica(order);
  const jobs = readJobs(options.jobs);
  const { signal } = console;
  const { simulateTrial: simulate } = await import("../simulate/simulate-trial.ts");
  const folder = makeRunFolder(options.out, `sweep-${name}`, new Date());
  const progress = openProgress(console.stderr);
  const startedAt = performance.now();
  await using pool = processPool({ jobs, signal });
  const onPoint = (tried: number, all: number, failed: number): void =>
    progress.live(`${tried} of ${all} points, ${failed === 0 ? "all passed" : `${failed} did not pass`}`);
  const swept = await sweep(order, { pool, simulate, signal, onPoint });
  const replayOf = await leaveFailures(swept, folder, { simulate, signal });
  progress.done();
  const { seed, replica, limit } = options;
  const own = Object.entries({ seed, replica, limit });
  const reproduce = commandLine(`sweep ${name}`, own, options);
  const facts = { order, interrupted: signal.aborted, reproduce, replayOf };
  const result = sweepResultOf(swept, { ...facts, wallMs: performance.now() - startedAt });
  const reportPath = leaveSweep(result, folder);
  const { columns, colour } = console;
  console.out(options.json ? JSON.stringify(result) : renderSweepTerminal(result, { columns, colour, reportPath }));
  return exitCodes[result.status];
}

/** @throws UsageError for a suite: its scenarios would be swept one after another. */
function sweepOrder(name: string, { seed, replica, limit, ...choices }: SweepOptions): SweepOrder {
  readWhole("--seed", seed, { least: 0, most: 1e15 });
  const [base, ...others] = baseRecipes(name, choices);
  if (!base || others.length > 0) throw new UsageError(`${name} is a suite`, "sweep one of its scenarios");
  const recipe = soloRecipe({ ...base, seed });
  return {
    recipe,
    ...(replica === undefined ? {} : { replica }),
    ...(limit === undefined ? {} : { limit: readWhole("--limit", limit, { least: 1, most: 1e6 }) }),
  };
}

function leaveSweep(result: SweepResult, folder: string): string {
  const reportPath = join(folder, "report.html");
  writeFileSync(join(folder, "sweep.json"), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(reportPath, renderSweepHtml(result));
  return reportPath;
}
