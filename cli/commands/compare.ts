import type { ExitCode } from "../../core/mod.ts";
import type { AddCommand, Console } from "../command.ts";
import { planComparison, type CompareChoices } from "../compare/compare-plan.ts";
import { compare } from "../compare/compare.ts";
import { openProgress } from "../progress.ts";
import { worldHelp } from "../run/plan.ts";
import { defaultRunsFolder } from "../run/run-folder.ts";
import { runTrial } from "../run/trial.ts";
import { chooseServers, serversHelp } from "../servers/choose-servers.ts";

interface CompareOptions extends Omit<CompareChoices, "seed" | "servers"> {
  readonly world: string;
  readonly servers: string;
  readonly seed?: string;
  readonly out: string;
  readonly json?: boolean;
}

/** `seatrial compare <tuning-a> <tuning-b>` */
export const addCompare: AddCommand = (program, console, run) => {
  program
    .command("compare")
    .description("Run a scenario under two tunings, in turns, and say how they differ, beyond the noise or not.")
    .argument("<tuning-a>", "fast, default, or a YAML or JSON file of settings: what b is compared with")
    .argument("<tuning-b>", "the same")
    .option("--scenario <name>", "what is run", "scheduler-failover")
    .option("--pairs <n>", "runs of each tuning, at least 3; the two of a pair have the same arrivals", "4")
    .option("--aa <n>", "pairs with a second run of a: how far equal runs are apart; 0 for none", "2")
    .option("--margin <percent>", "differences up to this size do not matter", "5")
    .option("--pace <factor>", "times of the scenario, the same for both: 1 as documented (default: as a has it)")
    .option("--world <world>", worldHelp, "local")
    .option("--servers <kind>", serversHelp, "real")
    .option("--seed <seed>", "seed of the arrival times (default: the current time)")
    .option("--out <folder>", "where the comparison's folder goes", defaultRunsFolder)
    .option("--json", "print one JSON object on stdout and nothing else")
    .action((a: string, b: string, options: CompareOptions) => run(act(a, b, options, console)));
};

async function act(a: string, b: string, options: CompareOptions, console: Console): Promise<ExitCode> {
  const progress = openProgress(console.stderr);
  const servers = await chooseServers(options.servers, options.world, { progress });
  const plan = planComparison(a, b, { ...options, servers, seed: options.seed ?? `${Date.now()}` });
  const outcome = await compare(plan, { out: options.out, progress, signal: console.signal }, runTrial);
  progress.done();
  console.out(options.json ? outcome.json() : outcome.terminal({ columns: console.columns, colour: console.colour }));
  return outcome.exitCode;
}
