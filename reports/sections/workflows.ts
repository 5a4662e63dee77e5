import { runLastedMs, stepTimes, workflowRuns, type RunEvidence, type StepEvidence } from "../../checks/mod.ts";
import { readableMs } from "../../core/mod.ts";
import { table, text, type Block } from "../block.ts";
import { count, counted, inMs, type Cell } from "../cell.ts";
import { distribution, distributionCells, distributionColumns } from "../figures/distribution.ts";
import { byLoad } from "../figures/submissions.ts";
import type { RunData } from "../run-data.ts";
import type { Section } from "../section.ts";

/** How long runs of workflows took, and what each of their steps did. */
export const workflows: Section = {
  title: "Workflows",
  about: "Runs of workflows: how many ended, how long they took, and of each step its time, jobs and retries",
  render({ history }: RunData): Block[] {
    const runs = workflowRuns(history);
    if (runs.length === 0) return [];
    return [text(sentence(runs)), runTable(runs), ...stepTables(runs)];
  },
};

function sentence(runs: readonly RunEvidence[]): string {
  const states = Map.groupBy(runs, ({ reads }) => reads.at(-1)?.state ?? "unread");
  const each = [...states].map(([state, own]) => `${count(own.length).value} ${state}`).join(", ");
  const { maxMs, p50Ms } = distribution(runs.flatMap((run) => runLastedMs(run) ?? []));
  const longest = maxMs === undefined ? "" : `; the longest took ${readableMs(maxMs)}`;
  const half = p50Ms === undefined ? "" : `, half of them at most ${readableMs(p50Ms)}`;
  return `${counted(runs.length, "run")} of workflows ${runs.length === 1 ? "was" : "were"} acknowledged (${each})${longest}${half}.`;
}

function runTable(runs: readonly RunEvidence[]): Block {
  const rows = [...byLoad(runs)].map(([load, own]): Cell[] => [
    load,
    own[0]?.workflow ?? "",
    count(own.length),
    ...distributionCells(distribution(own.flatMap((run) => runLastedMs(run) ?? []))),
  ]);
  return table(
    "Runs, from acknowledged to the end of the last step",
    ["load", "workflow", "started", ...distributionColumns],
    rows,
  );
}

/** One table for each workflow. */
function stepTables(runs: readonly RunEvidence[]): Block[] {
  const columns = ["step", "type", "jobs", "effects", "executions", "tried again", "p50", "p99", "max"];
  return [...Map.groupBy(runs, ({ workflow }) => workflow)].flatMap(([workflow, own]) => {
    const ids = [...(own[0]?.steps?.keys() ?? [])];
    const rows = ids.map((id) => stepRow(id, own));
    return rows.length === 0 ? [] : [table(`Steps of “${workflow}”, from due to ended`, columns, rows)];
  });
}

function stepRow(id: string, runs: readonly RunEvidence[]): Cell[] {
  const steps = runs.flatMap((run) => run.steps?.get(id) ?? []);
  const children = steps.flatMap((step) => [...step.children.values()]);
  const { type, jobs } = steps[0]?.fact ?? { type: "", jobs: 0 };
  const effects = children.reduce((sum, child) => sum + child.effects.length, 0);
  const executions = children.reduce((sum, { beginsAt }) => sum + beginsAt.length, 0);
  const retried = children.filter(({ attempts }) => attempts > 1).length;
  const { count: seen, p50Ms, p99Ms, maxMs } = distribution(runs.flatMap((run) => tookMs(run, id) ?? []));
  const figures = jobs === 0 ? ["–", "–", "–"] : [effects, executions, retried].map(count);
  const missing = seen === 0 ? "–" : "too few";
  return [id, type, count(jobs), ...figures, inMs(p50Ms, missing), inMs(p99Ms, missing), inMs(maxMs)];
}

/** Missing for a step that was never due, or never ended; and for what nobody can see, such as a condition. */
function tookMs(run: RunEvidence, id: string): number | undefined {
  const time = stepTimes(run)(id);
  const step: StepEvidence | undefined = run.steps?.get(id);
  const isSeen = step !== undefined && (step.fact.jobs > 0 || step.fact.type === "approval");
  return !isSeen || time === undefined || time.endedAt === Infinity ? undefined : time.endedAt - time.dueAt;
}
