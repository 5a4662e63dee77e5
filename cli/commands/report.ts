import { readFileSync } from "node:fs";
import { join } from "node:path";

import { exitCodes, messageOf, readHistory, UsageError, type RunRecord } from "../../core/mod.ts";
import type { AddCommand } from "../command.ts";
import { outcomeOf } from "../run/judge.ts";

/** `seatrial report <run>` */
export const addReport: AddCommand = (program, console, run) => {
  program
    .command("report")
    .description("Render the reports of a run again, from its saved data alone.")
    .argument("<run>", "a run folder: the one that holds run.json")
    .option("--json", "print one JSON object on stdout and nothing else")
    .action((folder: string, options: { json?: boolean }) =>
      run(
        (async () => {
          const record = readRecord(folder);
          const history = await readHistory(join(folder, "history.jsonl"));
          const outcome = outcomeOf({ record, history }, folder);
          console.out(
            options.json ? outcome.json() : outcome.terminal({ columns: console.columns, colour: console.colour }),
          );
          return exitCodes.passed;
        })(),
      ),
    );
};

function readRecord(folder: string): RunRecord {
  try {
    const record = JSON.parse(readFileSync(join(folder, "run.json"), "utf8")) as RunRecord;
    if (record.format !== 1) throw new Error(`its format is ${String(record.format)}, and this Seatrial reads 1`);
    return record;
  } catch (thrown) {
    throw new UsageError(
      `Cannot read the run in ${folder}: ${messageOf(thrown)}`,
      "give the folder that holds run.json",
    );
  }
}
