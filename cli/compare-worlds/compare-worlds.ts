import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { exitCodes, type ExitCode } from "../../core/mod.ts";
import {
  renderWorldsHtml,
  renderWorldsTerminal,
  shapeShares,
  type ComparedScenario,
  type StageShape,
  type WorldRunInShort,
  type WorldsComparison,
} from "../../reports/mod.ts";
import { quantile } from "../../statistics/mod.ts";
import type { Outcome } from "../run/outcome.ts";
import { makeRunFolder } from "../run/run-folder.ts";
import type { TrialContext } from "../run/trial.ts";
import { version } from "../version.ts";
import { judgeFigures } from "./judge-figures.ts";
import { runWorlds, type Worlds } from "./run-worlds.ts";
import type { WorldRun } from "./world-run.ts";
import type { NamedConditions } from "./conditions/named-conditions.ts";
import type { TrialInBoth, WorldsPlan } from "./worlds-plan.ts";

/** How worlds are compared. */
export interface WorldsContext extends TrialContext {
  readonly worlds: Worlds;
  readonly simulated: NamedConditions;
}

/** Runs every scenario of the plan in both worlds, and says how far their figures are apart. */
export async function compareWorlds(plan: WorldsPlan, context: WorldsContext): Promise<Outcome> {
  const startedAtUnixMs = Date.now();
  const folder = makeRunFolder(context.out, `worlds-${plan.name}`, new Date(startedAtUnixMs));
  const scenarios: ComparedScenario[] = [];
  let machine: WorldRun["machine"];
  for (const trial of plan.trials) {
    if (context.signal.aborted) break;
    context.progress.step(`${trial.local.name}: ${plan.runs} runs in each world`);
    const runs = await runsOf(trial, plan, { ...context, out: folder });
    machine ??= runs.find((run) => run.machine !== undefined)?.machine;
    scenarios.push(compared(trial, runs, plan.margin));
  }
  const lastedMs = Date.now() - startedAtUnixMs;
  const facts = { startedAtUnixMs, lastedMs, interrupted: context.signal.aborted, ...(machine ? { machine } : {}) };
  return outcomeOf({ ...described(plan, context), ...facts, scenarios }, folder);
}

function runsOf(trial: TrialInBoth, { runs, choices }: WorldsPlan, context: WorldsContext): Promise<WorldRun[]> {
  const { conditions } = context.simulated;
  return runWorlds(trial, { runs, seed: choices.seed, conditions, context, worlds: context.worlds });
}

function described(
  { name, choices, margin, runs, reproduce }: WorldsPlan,
  { simulated }: WorldsContext,
): Omit<WorldsComparison, "scenarios" | "startedAtUnixMs" | "lastedMs" | "interrupted"> {
  const { seed, tuning, servers } = choices;
  return {
    format: 1,
    seatrial: version,
    ...{ name, seed, tuning, margin, runsWanted: runs, conditions: simulated.words, servers, reproduce },
  };
}

function compared({ local }: TrialInBoth, runs: readonly WorldRun[], margin: number): ComparedScenario {
  return {
    scenario: local.name,
    title: local.scenario.title,
    runs: runs.map(inShort),
    rows: judgeFigures(runs, margin),
    shapes: shapesOf(runs.filter(({ excluded }) => excluded === undefined)),
  };
}

function inShort(run: WorldRun): WorldRunInShort {
  const { figures: _figures, stages: _stages, machine: _machine, verdicts, folder, ...kept } = run;
  const failed = verdicts.filter(({ status }) => status !== "pass").map(({ check, status }) => `${check} (${status})`);
  return { ...kept, ...(folder === undefined ? {} : { folder: basename(folder) }), failed };
}

/** Each stage of which both worlds have seen anything. */
function shapesOf(runs: readonly WorldRun[]): StageShape[] {
  const [first] = runs;
  return (first?.stages ?? []).flatMap(({ id, title }) => {
    const of = (world: WorldRun["world"]): number[] =>
      runs.filter((run) => run.world === world).flatMap(({ stages }) => durationsOf(stages, id));
    const [sim, local] = [of("sim"), of("local")];
    if (sim.length === 0 || local.length === 0) return [];
    const shape = (values: readonly number[]): number[] => shapeShares.map((share) => quantile(values, share));
    return [{ id, title, sim: shape(sim), local: shape(local), counts: { sim: sim.length, local: local.length } }];
  });
}

function durationsOf(stages: WorldRun["stages"], id: string): readonly number[] {
  return stages.find((stage) => stage.id === id)?.durationsMs ?? [];
}

function outcomeOf(comparison: WorldsComparison, folder: string): Outcome {
  const reportPath = join(folder, "worlds.html");
  writeFileSync(join(folder, "worlds.json"), `${JSON.stringify(comparison, null, 2)}\n`);
  writeFileSync(reportPath, renderWorldsHtml(comparison));
  return {
    exitCode: exitCodeOf(comparison),
    terminal: (options) => renderWorldsTerminal(comparison, { ...options, reportPath }),
    json: () => JSON.stringify(comparison),
  };
}

/** A check that failed outweighs everything; that worlds differ is a finding, and decides nothing. */
function exitCodeOf({ scenarios, interrupted }: WorldsComparison): ExitCode {
  if (interrupted) return exitCodes.interrupted;
  if (scenarios.some(({ runs }) => runs.some(({ status }) => status === "failed"))) return exitCodes.failed;
  const isMissing = scenarios.some(({ runs }) =>
    runs.some(({ excluded, status }) => excluded !== undefined || status !== "passed"),
  );
  const isTold = scenarios.every(({ rows }) => rows.some(({ pairs }) => pairs > 0));
  return isMissing || !isTold || scenarios.length === 0 ? exitCodes.inconclusive : exitCodes.passed;
}
