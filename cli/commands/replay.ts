import { closeSync, openSync, writeFileSync } from "node:fs";

import { EnvironmentError, messageOf, type ExitCode } from "../../core/mod.ts";
import { renderReplayTerminal, type ReplayResult } from "../../reports/mod.ts";
import { readWhole } from "../campaign/choices.ts";
import type { AddCommand, Console } from "../command.ts";
import { describeRecipe } from "../recipe/describe-recipe.ts";
import { readReplayFile, type ReplayFile } from "../replay/replay-file.ts";
import { otherChecks, replay } from "../replay/replay.ts";
import { exitCodeOf } from "../run/outcome.ts";
import type { SimulatedTrial } from "../simulate/simulated-trial.ts";

interface ReplayOptions {
  readonly last: string;
  readonly trace?: string;
  readonly json?: boolean;
}

/** `seatrial replay <folder|file>` */
export const addReplay: AddCommand = (program, console, run) => {
  program
    .command("replay")
    .description("Do a run of a campaign again, to the last event, and show its last steps.")
    .argument("<folder|file>", "a run folder that `seatrial campaign` left, or its replay.json")
    .option("--last <n>", "how many of its last steps to show", "40")
    .option("--trace <file>", "write every step into this file, one JSON object a line")
    .option("--json", "print one JSON object on stdout and nothing else")
    .action((path: string, options: ReplayOptions) => run(act(path, options, console)));
};

async function act(path: string, options: ReplayOptions, console: Console): Promise<ExitCode> {
  const last = readWhole("--last", options.last, { least: 0, most: 1_000_000 });
  const file = readReplayFile(path);
  using traceFile = options.trace === undefined ? undefined : openTrace(options.trace);
  const { simulateTrial } = await import("../simulate/simulate-trial.ts");
  const trial = await replay(file, simulateTrial, console.signal);
  traceFile?.write(trial);
  const result = resultOf(file, trial, last);
  const { columns, colour } = console;
  console.out(options.json ? JSON.stringify(result) : renderReplayTerminal(result, { columns, colour }));
  return exitCodeOf(trial.status);
}

/**
 * Opens the file before anything is run, so that nobody waits for a trace that cannot be kept.
 *
 * @throws EnvironmentError `trace_not_writable`
 */
function openTrace(path: string): Disposable & { write(trial: SimulatedTrial): void } {
  try {
    const file = openSync(path, "w");
    return {
      write: ({ trace }) => writeFileSync(file, trace.map((step) => `${JSON.stringify(step)}\n`).join("")),
      [Symbol.dispose]: () => closeSync(file),
    };
  } catch (thrown) {
    throw new EnvironmentError(
      "trace_not_writable",
      `Cannot write the trace to ${path}: ${messageOf(thrown)}`,
      "name a file with --trace in a folder that is there and that you may write to",
      thrown,
    );
  }
}

function resultOf(file: ReplayFile, trial: SimulatedTrial, last: number): ReplayResult {
  const { recipe } = file;
  const other = otherChecks(file, trial);
  const { status, verdicts, traceHash, trace, virtualMs } = trial;
  return {
    ...{ status, verdicts, traceHash, virtualMs, scenario: recipe.scenario, seed: recipe.seed },
    ...(other === undefined ? {} : { otherChecks: other }),
    steps: trace.length,
    lastEvents: last === 0 ? [] : trace.slice(-last),
    recipe: describeRecipe(recipe),
  };
}
