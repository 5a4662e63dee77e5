import { exitCodes, UsageError, type ExitCode } from "../../core/mod.ts";
import { safeguards } from "../../reference/safeguards.ts";
import { renderAblationTable } from "../../reports/mod.ts";
import { ablate, type Ablation } from "../ablate/ablate.ts";
import type { AddCommand, Console } from "../command.ts";
import { openProgress } from "../progress.ts";
import { safeguardNamed } from "../run/plan.ts";
import { defaultRunsFolder } from "../run/run-folder.ts";
import { chooseServers, serversHelp } from "../servers/choose-servers.ts";

interface AblateOptions {
  attempts: string;
  control: boolean;
  tuning: string;
  servers: string;
  out: string;
  seed?: string;
  json?: boolean;
}

/** `seatrial ablate [safeguard…]` */
export const addAblate: AddCommand = (program, console, run) => {
  program
    .command("ablate")
    .description("Leave each safeguard out, and show that a check goes red without it.")
    .argument("[safeguard...]", "see `seatrial list safeguards`; all of them unless named")
    .option("--attempts <n>", "runs before a safeguard counts as not caught", "5")
    .option("--no-control", "do not run each scenario with every safeguard first")
    .option("--tuning <name>", "fast, default, or a JSON file", "fast")
    .option("--servers <kind>", serversHelp, "real")
    .option("--seed <seed>", "seed of the first attempt (default: the current time)")
    .option("--out <folder>", "where run folders go", defaultRunsFolder)
    .option("--json", "print one JSON array on stdout and nothing else")
    .action((names: string[], options: AblateOptions) => run(act(names, options, console)));
};

async function act(names: string[], options: AblateOptions, console: Console): Promise<ExitCode> {
  const attempts = Number(options.attempts);
  if (!Number.isInteger(attempts) || attempts < 1 || attempts > 100) {
    throw new UsageError(`Not a number of attempts: "${options.attempts}"`, "1 to 100");
  }
  const chosen = (names.length > 0 ? names : Object.keys(safeguards)).map(safeguardNamed);
  const progress = openProgress(console.stderr);
  const rows: Ablation[] = await ablate(chosen, {
    attempts,
    control: options.control,
    tuning: options.tuning,
    servers: await chooseServers(options.servers, "local", { progress }),
    seed: options.seed ?? `${Date.now()}`,
    out: options.out,
    progress,
    signal: console.signal,
  });
  progress.done();
  console.out(
    options.json
      ? JSON.stringify(rows)
      : renderAblationTable(rows, { columns: console.columns, colour: console.colour }),
  );
  return rows.every((row) => row.caught) ? exitCodes.passed : exitCodes.failed;
}
