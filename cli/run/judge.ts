import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { everyFaultStrikes, type Check } from "../../checks/mod.ts";
import { readHistory, runStatus, worstStatus, type GeneratorHealth, type RunRecord } from "../../core/mod.ts";
import {
  engineFigures,
  renderHtml,
  renderJson,
  renderJunit,
  renderMarkdown,
  renderTerminal,
  type RunData,
} from "../../reports/mod.ts";
import type { Scenario } from "../../scenarios/mod.ts";
import { version } from "../version.ts";
import { exitCodeOf, type TrialOutcome } from "./outcome.ts";
import { machine, reproduceCommand, type TrialPlan } from "./plan.ts";

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
  const verdicts = checksOf(trial.plan.scenario).map((check) => check.judge(history));
  const record: RunRecord = {
    format: 1,
    seatrial: version,
    scenario: trial.plan.name,
    title: trial.plan.scenario.title,
    world: trial.plan.world,
    seed: trial.plan.seed,
    engine: trial.plan.engine,
    tuning: { ...trial.plan.tuning, ...trial.plan.scenario.variables },
    without: trial.plan.without,
    cluster: { ...trial.plan.scenario.cluster },
    startedAtUnixMs: trial.startedAtUnixMs,
    lastedMs: Math.round(history.endedAt),
    status: runStatus(worstStatus(verdicts), trial.generator.healthy),
    verdicts,
    generator: trial.generator,
    reproduce: reproduceCommand(trial.plan),
    machine: machine(trial.versions),
  };
  writeFileSync(join(trial.folder, "run.json"), `${JSON.stringify(record, null, 2)}\n`);
  return outcomeOf({ record, history }, trial.folder);
}

/** What the scenario expects; and that it happened at all. */
function checksOf({ faults, expect }: Scenario): readonly Check[] {
  return faults.length === 0 ? expect : [...expect, everyFaultStrikes(faults.length)];
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
