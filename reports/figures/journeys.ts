import { runLastedMs, stepPromises, workflowRuns } from "../../checks/mod.ts";
import type { History } from "../../core/mod.ts";

/** What the plane took on, from the moment that it did to the moment that it took effect. */
export interface Journey {
  /** A job, a workflow's run, or a step of one: `<run>:<step>`. */
  readonly job: string;
  readonly load: string | undefined;
  /** For a step: when all before it had ended. */
  readonly acknowledgedAt: number;
  /** Missing when the run ended without an effect: lost, failed, cancelled, or late. */
  readonly effectAt: number | undefined;
  /** End to end. An effect may precede the acknowledgement's way back: that counts as 0. */
  readonly tookMs: number | undefined;
}

const known = new WeakMap<History, Journey[]>();

/**
 * The journeys of all that clients asked for, jobs and runs of workflows, in order of acknowledgement; computed once
 * for each history.
 */
export function journeys(history: History): readonly Journey[] {
  const found = known.get(history) ?? inOrder([...jobJourneys(history), ...runJourneys(history)]);
  known.set(history, found);
  return found;
}

/** The journeys of all that workers did for them, in order of time: of jobs, and of each step of a run. */
export function workJourneys(history: History): readonly Journey[] {
  const steps = stepPromises(history).map(({ name, load, sinceMs, effectAt }) =>
    journey({ job: name, load, acknowledgedAt: sinceMs, effectAt }),
  );
  return inOrder([...jobJourneys(history), ...steps]);
}

/** How long those took that arrived. */
export function endToEndMs(travelled: readonly Journey[]): number[] {
  return travelled.flatMap(({ tookMs }) => tookMs ?? []);
}

function jobJourneys({ jobs }: History): Journey[] {
  const found: Journey[] = [];
  for (const { id: job, load, acknowledgedAt, effects } of jobs.values()) {
    if (acknowledgedAt === undefined) continue;
    const effectAt = effects.find((effect) => effect.decision === "accepted")?.at;
    found.push(journey({ job, load, acknowledgedAt, effectAt }));
  }
  return found;
}

function runJourneys(history: History): Journey[] {
  return workflowRuns(history).map((run) => {
    const lastedMs = runLastedMs(run);
    const effectAt = lastedMs === undefined ? undefined : run.acknowledgedAt + lastedMs;
    return journey({ job: run.run, load: run.load, acknowledgedAt: run.acknowledgedAt, effectAt });
  });
}

function journey(from: Omit<Journey, "tookMs">): Journey {
  const { acknowledgedAt, effectAt } = from;
  return { ...from, tookMs: effectAt === undefined ? undefined : Math.max(0, effectAt - acknowledgedAt) };
}

function inOrder(found: Journey[]): Journey[] {
  return found.toSorted((a, b) => a.acknowledgedAt - b.acknowledgedAt);
}
