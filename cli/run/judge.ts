import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { readHistory, type GeneratorHealth } from "../../core/mod.ts";
import {
  engineFigures,
  renderHtml,
  renderJson,
  renderJunit,
  renderMarkdown,
  renderTerminal,
  type RunData,
} from "../../reports/mod.ts";
import { exitCodeOf, type TrialOutcome } from "./outcome.ts";
import { machine, type TrialPlan } from "./plan.ts";
import { recordOf } from "./verdicts.ts";

/** A trial that is over: its plane is gone, its history is on disk. */
export interface FinishedTrial {
  readonly plan: TrialPlan;
  readonly folder: string;
  readonly startedAtUnixMs: number;
  readonly generator: GeneratorHealth;
  readonly versions: { readonly redis: string; readonly nats: string };
}

/** Judges the history of a finished trial and writes its reports beside it. */
export async function judge(trial: FinishedTrial): Promise<TrialOutcome> {
  const history = await readHistory(join(trial.folder, "history.jsonl"));
  const record = recordOf({ ...trial, machine: machine(trial.versions) }, history);
  writeFileSync(join(trial.folder, "run.json"), `${JSON.stringify(record, null, 2)}\n`);
  return outcomeOf({ record, history }, trial.folder);
}

/** Writes every report of a run into its folder, from saved data alone. */
export function outcomeOf(data: RunData, folder: string): TrialOutcome {
  writeFileSync(join(folder, "report.html"), renderHtml(data));
  writeFileSync(join(folder, "summary.md"), renderMarkdown(data));
  writeFileSync(join(folder, "junit.xml"), renderJunit(data));
  const reportPath = join(folder, "report.html");
  return {
    record: data.record,
    folder,
    figures: engineFigures(data),
    exitCode: exitCodeOf(data.record.status),
    terminal: (options) => renderTerminal(data, { ...options, reportPath }),
    json: () => renderJson(data),
  };
}
