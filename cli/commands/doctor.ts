import { Option } from "commander";

import { exitCodes } from "../../core/mod.ts";
import type { AddCommand } from "../command.ts";
import { examineAll, isUsable, obtain, purposes, type Finding, type Purpose } from "../doctor/mod.ts";
import { openProgress } from "../progress.ts";

/** `seatrial doctor [--fix] [--for servers]` */
export const addDoctor: AddCommand = (program, console, run) => {
  const words = Object.keys(purposes) as Purpose[];
  program
    .command("doctor")
    .description("Show which programs are installed, which are missing, and how they would be obtained.")
    .option("--fix", "obtain what is missing, from the system's packages or into .seatrial/bin")
    .addOption(new Option("--for <purpose...>", "only programs for these").choices(words))
    .action((options: { fix?: boolean; for?: Purpose[] }) =>
      run(
        (async () => {
          const progress = openProgress(console.stderr);
          const only = options.for === undefined ? {} : { for: options.for };
          if (options.fix) await obtain({ progress: (line) => progress.step(line), ...only });
          const findings = await examineAll();
          const shown = findings.filter(({ program: { for: purpose } }) => options.for?.includes(purpose) ?? true);
          console.out(describe(shown).join("\n"));
          const isComplete = shown.every(({ program: { required }, tool }) => !required || isUsable(tool));
          return isComplete ? exitCodes.passed : exitCodes.inconclusive;
        })(),
      ),
    );
};

function describe(findings: readonly Finding[]): string[] {
  const lines = [`node ${process.version} at ${process.execPath}`];
  for (const [purpose, title] of Object.entries(purposes)) {
    const found = findings.filter(({ program }) => program.for === purpose);
    if (found.length > 0)
      lines.push("", `${title} (--for ${purpose})`, ...found.map((each) => `  ${describeOne(each)}`));
  }
  return lines;
}

function describeOne({ program: { name, required, neededBy, ways }, tool }: Finding): string {
  if (isUsable(tool)) return `${name} ${tool.version} at ${tool.path}`;
  const state = tool.path === undefined ? "missing" : `of no use: ${tool.trouble ?? "it does not run"}`;
  const from = ways.map((way) => way.name).join(", or ");
  return `${name} is ${state} (${required ? "required" : "optional"}: ${neededBy}); doctor --fix would try ${from}`;
}
