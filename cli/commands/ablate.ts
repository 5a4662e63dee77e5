import { exitCodes, UsageError, type ExitCode } from "../../core/mod.ts";
import { safeguards, type SafeguardName } from "../../reference/safeguards.ts";
import { renderAblationTable, renderSimAblation } from "../../reports/mod.ts";
import { ablateSimulated, ablationExitCode, type SimAblateOrder } from "../ablate/ablate-simulated.ts";
import { ablate, type Ablation } from "../ablate/ablate.ts";
import { baseRecipes, readJobs, readWhole } from "../campaign/choices.ts";
import { processPool } from "../campaign/pool/process-pool.ts";
import { drawSwarm } from "../campaign/swarm.ts";
import type { AddCommand, Console } from "../command.ts";
import { openProgress } from "../progress.ts";
import { commandLine } from "./command-line.ts";
import { safeguardNamed } from "../run/plan.ts";
import { defaultRunsFolder } from "../run/run-folder.ts";
import { chooseServers, serversHelp } from "../servers/choose-servers.ts";

interface AblateOptions {
  world: string;
  attempts?: string;
  seeds?: string;
  jobs?: string;
  load?: string;
  swarm?: boolean;
  control: boolean;
  tuning?: string;
  servers?: string;
  out?: string;
  seed?: string;
  json?: boolean;
}

/** `seatrial ablate [safeguard…]` */
export const addAblate: AddCommand = (program, console, run) => {
  program
    .command("ablate")
    .description("Leave each safeguard out, and show that a check goes red without it.")
    .argument("[safeguard...]", "see `seatrial list safeguards`; all of them unless named")
    .option("--world <world>", "local (processes), or sim (simulated, over many seeds)", "local")
    .option("--attempts <n>", "in the local world: runs before a safeguard counts as not caught (default: 5)")
    .option("--seeds <n>", "in the sim world: seeds before a safeguard counts as not caught (default: 1000)")
    .option("--jobs <n>", "in the sim world: worker processes (default: one for each core)")
    .option("--load <factor>", "in the sim world: scale loads down (default: 1, all of it)")
    .option("--swarm", "in the sim world: draw network, clocks and load from the seed")
    .option("--no-control", "do not run each scenario with every safeguard in place")
    .option("--tuning <name>", "fast, default, or a JSON file (default: fast; in the sim world default)")
    .option("--servers <kind>", `in the local world: ${serversHelp} (default: real)`)
    .option("--seed <seed>", "seed of the first attempt (default: the current time; in the sim world 1)")
    .option("--out <folder>", `in the local world: where run folders go (default: ${defaultRunsFolder})`)
    .option("--json", "print one JSON array on stdout and nothing else")
    .action((names: string[], options: AblateOptions) => run(act(names, options, console)));
};

function chosenFrom(names: readonly string[]): SafeguardName[] {
  return (names.length > 0 ? names : Object.keys(safeguards)).map(safeguardNamed);
}

async function act(names: string[], options: AblateOptions, console: Console): Promise<ExitCode> {
  if (options.world === "sim") return actInSimulation(names, options, console);
  assertLocal(options);
  const attempts = readWhole("--attempts", options.attempts ?? "5", { least: 1, most: 100 });
  const chosen = chosenFrom(names);
  const progress = openProgress(console.stderr);
  const rows: Ablation[] = await ablate(chosen, {
    attempts,
    control: options.control,
    tuning: options.tuning ?? "fast",
    servers: await chooseServers(options.servers ?? "real", "local", { progress }),
    seed: options.seed ?? `${Date.now()}`,
    out: options.out ?? defaultRunsFolder,
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

/** @throws UsageError for another world, and for options that are about simulation. */
function assertLocal({ world, seeds, jobs, load, swarm }: AblateOptions): void {
  if (world !== "local") throw new UsageError(`Nothing is ablated in the world "${world}"`, "use --world local or sim");
  const given = Object.entries({ seeds, jobs, load, swarm }).find(([, value]) => value !== undefined);
  if (given) throw new UsageError(`--${given[0]} is about simulated runs`, "add --world sim");
}

/** @throws UsageError for options that are about runs outside of a simulation: they would change nothing. */
function assertSimulated({ attempts, servers, out }: AblateOptions): void {
  const others = { attempts, servers: servers === "real" ? undefined : servers, out };
  const given = Object.entries(others).find(([, value]) => value !== undefined);
  if (given)
    throw new UsageError(
      `--${given[0]} means nothing with --world sim`,
      `leave --${given[0]} out${insteadOf[given[0]] ?? ""}`,
    );
}

const insteadOf: Readonly<Record<string, string>> = {
  attempts: ", or say how many seeds with --seeds",
  out: ": nothing is left behind but what is printed",
};

async function actInSimulation(names: string[], options: AblateOptions, console: Console): Promise<ExitCode> {
  assertSimulated(options);
  const order = simOrder(names, options);
  const { signal } = console;
  const progress = openProgress(console.stderr);
  await using pool = processPool({ jobs: readJobs(options.jobs), signal });
  const step = (line: string): void => progress.step(line);
  const live = (line: string): void => progress.live(line);
  const rows = await ablateSimulated(order, { pool, signal, now: () => performance.now(), step, live });
  progress.done();
  const { columns, colour } = console;
  console.out(options.json ? JSON.stringify(rows) : renderSimAblation(rows, { columns, colour }));
  return ablationExitCode(order, rows);
}

function simOrder(
  names: string[],
  { seeds = "1000", seed = "1", tuning, load = "1", swarm, control }: AblateOptions,
): SimAblateOrder {
  const chosen = chosenFrom(names);
  const common = { tuning: tuning ?? "default", set: [], load };
  const isAll = Number(load) === 1 && swarm !== true;
  return {
    safeguards: chosen,
    first: readWhole("--seed", seed, { least: 0, most: 1e15 }),
    seeds: readWhole("--seeds", seeds, { least: 1, most: 1e9 }),
    control,
    recipeOf(scenario, without, drawn) {
      const [base] = baseRecipes(scenario, { ...common, without });
      if (!base) throw new Error(`no scenario is named ${scenario}`);
      const recipe = { ...base, seed: drawn };
      return swarm === true ? drawSwarm(recipe) : recipe;
    },
    commandOf(scenario, safeguard, caught) {
      const flags = { ...common, without: [safeguard] };
      // Only a campaign scales loads down and draws from the seed: then it is one of a single seed.
      if (isAll)
        return commandLine(
          `run ${scenario}`,
          [
            ["world", "sim"],
            ["seed", `${caught}`],
          ],
          flags,
        );
      const drawn: [string, string][] = swarm === true ? [["swarm", ""]] : [];
      return commandLine(
        `campaign ${scenario}`,
        [["first", `${caught}`], ["seeds", "1"], ["load", load], ...drawn],
        flags,
      );
    },
  };
}
