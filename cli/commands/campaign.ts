import { writeFileSync } from "node:fs";
import { join } from "node:path";

import type { ExitCode } from "../../core/mod.ts";
import {
  renderCampaignHtml,
  renderCampaignMarkdown,
  renderCampaignTerminal,
  type CampaignResult,
} from "../../reports/mod.ts";
import { campaignOrder, readJobs, readWhole, type CampaignChoices } from "../campaign/choices.ts";
import { conductCampaign } from "../campaign/conduct.ts";
import { processPool } from "../campaign/pool/process-pool.ts";
import { progressLine } from "../campaign/progress-line.ts";
import { exitCodeOfCampaign, resultOf } from "../campaign/result.ts";
import { drawSwarm } from "../campaign/swarm.ts";
import type { AddCommand, Console } from "../command.ts";
import { openProgress } from "../progress.ts";
import { defaultRunsFolder, makeRunFolder } from "../run/run-folder.ts";
import { collect } from "./collect.ts";
import { commandLine } from "./command-line.ts";

interface CampaignOptions extends CampaignChoices {
  readonly jobs?: string;
  readonly shrinkRuns: string;
  readonly out: string;
  readonly json?: boolean;
}

/** `seatrial campaign <scenario|suite>` */
export const addCampaign: AddCommand = (program, console, run) => {
  program
    .command("campaign")
    .description("Simulate a scenario, or all of a suite, over many seeds, and look into what fails.")
    .argument("<scenario|suite>", "see `seatrial list scenarios` and `seatrial list suites`")
    .option("--seeds <n>", "how many seeds (default: 100)")
    .option("--for <time>", "instead of a number of seeds: as many as can be begun in this time, such as 5m")
    .option("--first <seed>", "the first seed; the others count up from it", "1")
    .option("--jobs <n>", "worker processes (default: one for each core)")
    .option("--swarm", "draw cluster, network, clocks, faults and load from the seed")
    .option("--load <factor>", "scale loads down: 1 is the scenario's own (default: about 120 operations)")
    .option("--tuning <name>", "default (the documented values), fast, or a YAML or JSON file", "default")
    .option("--set <key=value>", "one setting of the plane; may be repeated", collect, [])
    .option("--without <safeguard>", "leave a safeguard out; may be repeated", collect, [])
    .option("--keep-going", "go on after a failure, and keep up to 20 of them")
    .option("--shrink-runs <n>", "at most so many runs to make a failure smaller", "200")
    .option("--out <folder>", "where the campaign's folder goes", defaultRunsFolder)
    .option("--json", "print one JSON object on stdout and nothing else")
    .action((name: string, options: CampaignOptions) => run(act(name, options, console)));
};

async function act(name: string, options: CampaignOptions, console: Console): Promise<ExitCode> {
  const order = campaignOrder(name, options, drawSwarm);
  const jobs = readJobs(options.jobs);
  const shrinkRuns = readWhole("--shrink-runs", options.shrinkRuns, { least: 0, most: 100_000 });
  const folder = makeRunFolder(options.out, `campaign-${name}`, new Date());
  const progress = openProgress(console.stderr);
  const startedAtUnixMs = Date.now();
  const recipes = order.recipesOf(`${order.first}`);
  progress.step(`campaign ${name}: ${recipes.map(({ scenario }) => scenario).join(", ")}`);
  const { simulateTrial } = await import("../simulate/simulate-trial.ts");
  await using pool = processPool({ jobs, signal: console.signal });
  const end = await conductCampaign(order, {
    ...{ pool, simulate: simulateTrial, shrinkRuns, folder, signal: console.signal },
    now: () => performance.now(),
    onSeed: (tally, elapsedMs) => progress.live(progressLine(tally, elapsedMs, order.until, recipes.length)),
    live: (line) => progress.live(line),
  });
  progress.done();
  const facts = { name, firstSeed: order.first, recipes, swarm: options.swarm === true, jobs, startedAtUnixMs };
  const result = resultOf(end, { ...facts, reproduce: reproduceCommand(name, options) });
  const reportPath = leaveCampaign(result, folder);
  const { columns, colour } = console;
  console.out(options.json ? JSON.stringify(result) : renderCampaignTerminal(result, { columns, colour, reportPath }));
  return exitCodeOfCampaign(result);
}

function leaveCampaign(result: CampaignResult, folder: string): string {
  const reportPath = join(folder, "report.html");
  writeFileSync(join(folder, "campaign.json"), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(join(folder, "summary.md"), renderCampaignMarkdown(result));
  writeFileSync(reportPath, renderCampaignHtml(result));
  return reportPath;
}

function reproduceCommand(name: string, options: CampaignOptions): string {
  const { seeds, for: time, first, load, swarm, keepGoing } = options;
  const own = [
    ["seeds", seeds],
    ["for", time],
    ["first", first],
    ["load", load],
    ["swarm", swarm === true ? "" : undefined],
    ["keep-going", keepGoing === true ? "" : undefined],
  ] as const;
  return commandLine(`campaign ${name}`, own, options);
}
