import type { ExitCode } from "../../core/mod.ts";
import type { AddCommand, Console } from "../command.ts";
import { compareWorlds } from "../compare-worlds/compare-worlds.ts";
import { conditionsHelp, conditionsNamed } from "../compare-worlds/conditions/named-conditions.ts";
import { defaultMargin, planWorlds, type WorldsChoices } from "../compare-worlds/worlds-plan.ts";
import { openProgress } from "../progress.ts";
import { defaultRunsFolder } from "../run/run-folder.ts";
import { runTrial } from "../run/trial.ts";
import { chooseServers, serversHelp } from "../servers/choose-servers.ts";
import { simulateTrial } from "../simulate/simulate-trial.ts";

interface CompareWorldsOptions extends Omit<WorldsChoices, "seed" | "servers"> {
  readonly seed?: string;
  readonly servers: string;
  readonly out: string;
  readonly json?: boolean;
}

/** `seatrial compare-worlds <scenario|suite>` */
export const addCompareWorlds: AddCommand = (program, console, run) => {
  program
    .command("compare-worlds")
    .description("Run a scenario in simulation and on real processes, in turns, and say how far their figures differ.")
    .argument("<scenario|suite>", "see `seatrial list scenarios` and `seatrial list suites`")
    .option("--runs <n>", "runs in each world; from 2 on, the spread is known", "3")
    .option("--tuning <name>", "fast, default, or a YAML or JSON file: the same for both", "fast")
    .option("--set <key=value>", "one setting of the plane; may be repeated", collect, [])
    .option("--seed <seed>", "seed of the arrival times (default: the current time)")
    .option("--margin <percent>", "differences up to this size do not matter", defaultMargin)
    .option("--servers <kind>", serversHelp, "real")
    .option("--conditions <name>", conditionsHelp, "quiet")
    .option("--out <folder>", "where the comparison's folder goes", defaultRunsFolder)
    .option("--json", "print one JSON object on stdout and nothing else")
    .action((name: string, options: CompareWorldsOptions) => run(act(name, options, console)));
};

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}

async function act(name: string, options: CompareWorldsOptions, console: Console): Promise<ExitCode> {
  const { signal, columns, colour } = console;
  const progress = openProgress(console.stderr);
  const servers = await chooseServers(options.servers, "local", { progress });
  const plan = planWorlds(name, { ...options, servers, seed: options.seed ?? `${Date.now()}` });
  const simulated = await conditionsNamed(options.conditions, signal);
  const worlds = { simulate: simulateTrial, runTrial };
  const outcome = await compareWorlds(plan, { out: options.out, progress, signal, worlds, simulated });
  progress.done();
  console.out(options.json ? outcome.json() : outcome.terminal({ columns, colour }));
  return outcome.exitCode;
}
