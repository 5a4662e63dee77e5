import { basename, extname, join } from "node:path";

import { explainSeed, type CapacityRecord } from "../../capacity/mod.ts";
import { exitCodes, nearestNames, UsageError, type ExitCode } from "../../core/mod.ts";
import { renderCapacityTerminal, renderExplanations } from "../../reports/mod.ts";
import { ringShares } from "../capacity/explain/ring-shares.ts";
import { readPlan } from "../capacity/plan/read-plan.ts";
import { runCapacity } from "../capacity/run-capacity.ts";
import type { AddCommand, Console } from "../command.ts";
import { openProgress } from "../progress.ts";
import { defaultRunsFolder } from "../run/run-folder.ts";

interface CapacityOptions {
  explain?: string;
  out: string;
  json?: boolean;
}

/** `seatrial capacity <plan>` */
export const addCapacity: AddCommand = (program, console, run) => {
  program
    .command("capacity")
    .description("Put formula, queueing model and measurement of a message bus side by side.")
    .argument("[plan]", "a YAML file, such as plans/quick.yaml")
    .option("--explain <document>", "work out the examples of a document instead: seed")
    .option("--out <folder>", "where run folders go", defaultRunsFolder)
    .option("--json", "print one JSON object on stdout and nothing else")
    .action((plan: string | undefined, options: CapacityOptions) =>
      run(options.explain === undefined ? measure(plan, options, console) : explain(options.explain, options, console)),
    );
};

const exitCodeOf: Readonly<Record<CapacityRecord["status"], ExitCode>> = exitCodes;

async function measure(path: string | undefined, { out, json }: CapacityOptions, console: Console): Promise<ExitCode> {
  if (path === undefined) throw new UsageError("No plan was given", "try plans/quick.yaml, or --explain seed");
  const plan = readPlan(path);
  const progress = openProgress(console.stderr);
  const { signal, columns, colour } = console;
  const name = basename(path, extname(path));
  const reproduce = `seatrial capacity ${path}`;
  const { record, folder } = await runCapacity(plan, { out, name, reproduce, progress, signal });
  progress.done();
  const reportPath = join(folder, "capacity.html");
  console.out(json ? JSON.stringify(record) : renderCapacityTerminal(record, { columns, colour, reportPath }));
  return exitCodeOf[record.status];
}

const documents = ["seed"];

async function explain(document: string, { json }: CapacityOptions, console: Console): Promise<ExitCode> {
  if (!documents.includes(document)) {
    const [nearest = "seed"] = nearestNames(document, documents);
    throw new UsageError(`No document "${document}" can be explained`, `there is ${nearest}`);
  }
  const explanations = explainSeed(ringShares(8));
  const { columns, colour } = console;
  console.out(json ? JSON.stringify(explanations) : renderExplanations(explanations, { columns, colour }));
  return exitCodes.passed;
}
