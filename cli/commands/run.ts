import { InvalidArgumentError, Option } from "commander";

import { exitCodes, type ExitCode } from "../../core/mod.ts";
import type { AddCommand, Console } from "../command.ts";
import { engineCatalog, type EngineName } from "../../loadgen/mod.ts";
import { openProgress } from "../progress.ts";
import { planTrials, worldHelp } from "../run/plan.ts";
import { defaultRunsFolder } from "../run/run-folder.ts";
import { runSuite } from "../run/suite.ts";
import { runTrial } from "../run/trial.ts";
import { chooseServers, serversHelp } from "../servers/choose-servers.ts";
import { collect } from "./collect.ts";

interface RunOptions {
  world: string;
  servers: string;
  seed?: string;
  tuning?: string;
  set: string[];
  without: string[];
  pace?: string;
  engine: EngineName[];
  out: string;
  json?: boolean;
}

/** `seatrial run <scenario|suite>` */
export const addRun: AddCommand = (program, console, run) => {
  program
    .command("run")
    .description("Run a scenario, or all of a suite, and judge it.")
    .argument("<scenario|suite>", "see `seatrial list scenarios` and `seatrial list suites`")
    .option("--world <world>", worldHelp, "local")
    .option("--servers <kind>", serversHelp, "real")
    .option("--seed <seed>", "seed of the load's arrival times (default: the current time)")
    .option(
      "--tuning <name>",
      "fast (TTLs and polls ten times shorter), default (the documented values), or a YAML or JSON file (default: fast; in the sim world default)",
    )
    .option("--set <key=value>", "one setting of the plane; may be repeated", collect, [])
    .option("--without <safeguard>", "leave a safeguard out; may be repeated", collect, [])
    .option("--pace <factor>", "times of the scenario: 1 as documented, 0.1 ten times shorter (default: by the tuning)")
    .addOption(
      new Option("--engine <names>", "who sends the load: open, autocannon, k6; several (open,k6) stand side by side")
        .argParser(readEngines)
        .default(["open"], "open"),
    )
    .option("--out <folder>", "where run folders go", defaultRunsFolder)
    .option("--json", "print one JSON object on stdout and nothing else")
    .action((name: string, options: RunOptions) => run(act(name, options, console)));
};

/** @throws InvalidArgumentError naming the engines that there are. */
function readEngines(text: string): EngineName[] {
  const known = engineCatalog.map(({ name }) => name);
  return text.split(",").map((word) => {
    const found = known.find((name) => name === word.trim());
    if (found) return found;
    throw new InvalidArgumentError(`There is no engine "${word}": use ${known.join(", ")}.`);
  });
}

async function act(name: string, options: RunOptions, console: Console): Promise<ExitCode> {
  const seed = options.seed ?? `${Date.now()}`;
  const progress = openProgress(console.stderr);
  const servers = await chooseServers(options.servers, options.world, { progress });
  const plans = options.engine.flatMap((engine) => planTrials(name, { ...options, servers, seed, engine }));
  const [first, ...others] = plans;
  if (!first) return exitCodes.inconclusive;
  const context = { out: options.out, progress, signal: console.signal };
  const outcome =
    first.name === name && others.length === 0 ? await runTrial(first, context) : await runSuite(name, plans, context);
  progress.done();
  console.out(options.json ? outcome.json() : outcome.terminal({ columns: console.columns, colour: console.colour }));
  return outcome.exitCode;
}
