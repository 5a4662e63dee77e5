import { Option } from "commander";

import { EnvironmentError, exitCodes, type ExitCode } from "../../core/mod.ts";
import type { AddCommand, Console } from "../command.ts";
import { describeFindings, examineAll, isUsable, obtain, purposes, type Purpose } from "../doctor/mod.ts";
import { openProgress } from "../progress.ts";

interface DoctorOptions {
  fix?: boolean;
  try?: boolean;
  for?: Purpose[];
}

/** `seatrial doctor [--fix | --try] [--for servers]` */
export const addDoctor: AddCommand = (program, console, run) => {
  const words = Object.keys(purposes) as Purpose[];
  program
    .command("doctor")
    .description("Show which programs are installed, which are missing, and how they would be obtained.")
    .option("--fix", "obtain what is missing, from the system's packages or into .seatrial/bin")
    .option("--try", "the same, and all is well whatever comes of it: trials can do with --servers auto")
    .addOption(new Option("--for <purpose...>", "only programs for these").choices(words))
    .action((options: DoctorOptions) => run(act(options, console)));
};

async function act(options: DoctorOptions, console: Console): Promise<ExitCode> {
  const progress = openProgress(console.stderr);
  const only = options.for === undefined ? {} : { for: options.for };
  const obtaining = { progress: (line: string) => progress.step(line), ...only };
  if (options.try) await obtainOrTell(obtaining);
  else if (options.fix) await obtain(obtaining);
  const findings = await examineAll();
  const shown = findings.filter(({ program: { for: purpose } }) => options.for?.includes(purpose) ?? true);
  console.out(describeFindings(shown).join("\n"));
  const isComplete = shown.every(({ program: { required }, tool }) => !required || isUsable(tool));
  return isComplete || options.try ? exitCodes.passed : exitCodes.inconclusive;
}

/** What cannot be had is told, and for the next command to deal with. */
async function obtainOrTell(options: Parameters<typeof obtain>[0]): Promise<void> {
  try {
    await obtain(options);
  } catch (thrown) {
    if (!(thrown instanceof EnvironmentError)) throw thrown;
    options.progress(thrown.message);
  }
}
