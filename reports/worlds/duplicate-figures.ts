import type { EffectEvent, History, JobHistory } from "../../core/mod.ts";
import { figure, missingFigure, type FigureDefinition, type WorldFigure } from "./figure.ts";

const family = "duplicates";

const definitions = {
  dispatchesPerEpoch: { id: "dispatches-per-epoch", title: "dispatches per job and epoch", unit: "count", family },
  repeatedDispatches: { id: "repeated-dispatches", title: "dispatches beyond a job's first", unit: "count", family },
  executionsPerJob: { id: "executions-per-job", title: "executions per job", unit: "count", family },
  repeatedExecutions: { id: "repeated-executions", title: "executions beyond a job's first", unit: "count", family },
  staleEffects: { id: "stale-effects", title: "effects refused as stale", unit: "count", family },
  repeatedEffects: { id: "repeated-effects", title: "effects refused as repeated", unit: "count", family },
  refusedWrites: { id: "refused-writes", title: "writes that the store refused", unit: "count", family },
} as const satisfies Record<string, FigureDefinition>;

/** How often the plane did something more than once, or tried to: what a redelivery leaves in the record. */
export function duplicateFigures(history: History): WorldFigure[] {
  const jobs = [...history.jobs.values()];
  const known = definitions;
  return [
    perSubject(known.dispatchesPerEpoch, jobs.flatMap(dispatchesByEpoch)),
    ...beyondFirst(known.repeatedDispatches, jobs, ({ dispatches }) => dispatches.length),
    perSubject(
      known.executionsPerJob,
      jobs.map(({ executions }) => executions.length).filter((times) => times > 0),
    ),
    ...beyondFirst(known.repeatedExecutions, jobs, ({ executions }) => executions.length),
    decided(known.staleEffects, jobs, "stale"),
    decided(known.repeatedEffects, jobs, "repeated"),
    counted(known.refusedWrites, jobs, ({ writes }) => [writes.length, writes.filter((each) => !each.accepted).length]),
  ];
}

function dispatchesByEpoch({ dispatches }: JobHistory): number[] {
  return [...Map.groupBy(dispatches, ({ epoch }) => epoch).values()].map((same) => same.length);
}

function perSubject(definition: FigureDefinition, times: readonly number[]): WorldFigure {
  if (times.length === 0) return missingFigure(definition, "there were none");
  return figure(definition, times.reduce((sum, each) => sum + each, 0) / times.length);
}

function beyondFirst(
  definition: FigureDefinition,
  jobs: readonly JobHistory[],
  times: (job: JobHistory) => number,
): WorldFigure[] {
  return [counted(definition, jobs, (job) => [times(job), Math.max(0, times(job) - 1)])];
}

function decided(
  definition: FigureDefinition,
  jobs: readonly JobHistory[],
  decision: EffectEvent["decision"],
): WorldFigure {
  return counted(definition, jobs, ({ effects }) => [
    effects.length,
    effects.filter((effect) => effect.decision === decision).length,
  ]);
}

/** A zero says something only where there was something to count in. */
function counted(
  definition: FigureDefinition,
  jobs: readonly JobHistory[],
  count: (job: JobHistory) => readonly [examined: number, found: number],
): WorldFigure {
  const counts = jobs.map(count);
  const examined = counts.reduce((sum, [each]) => sum + each, 0);
  if (examined === 0) return missingFigure(definition, "there was nothing to count");
  return figure(
    definition,
    counts.reduce((sum, [, each]) => sum + each, 0),
  );
}
