import type { Witness } from "../core/mod.ts";
import { awaitEnds, type AwaitEndsOptions } from "./await-ends.ts";
import { inParallel } from "./in-parallel.ts";
import { openReaders, type Reader } from "./readers.ts";
import { isRunEnded, runAnswer, runPath } from "./run-answer.ts";
import type { AcknowledgedRun } from "./tally.ts";

/** Who reads workflow runs, where, and how patiently. */
export interface ReadRunsOptions extends Omit<AwaitEndsOptions, "apiKey"> {
  /** The API key of a client: a run is shown to nobody else. */
  readonly apiKey: (client: string) => string;
  readonly witness: Witness;
}

/**
 * Waits until every run has come to its end, or the time is up. The read that sees an end is written down.
 *
 * @returns the runs that have not ended, or that nobody could tell about.
 */
export async function awaitRuns(runs: readonly AcknowledgedRun[], options: ReadRunsOptions): Promise<string[]> {
  const byId = new Map(runs.map((run) => [run.run, run]));
  const hasEnded = async (id: string, reader: Reader): Promise<boolean> => {
    const answer = runAnswer(await reader.get(runPath(id)));
    if (!answer || !isRunEnded(answer.state)) return false;
    const { run, workflow } = byId.get(id) ?? { run: id, workflow: "" };
    options.witness.record({ kind: "run-read", run, workflow, via: reader.id, ...answer });
    return true;
  };
  const waiting = [...Map.groupBy(runs, ({ client }) => client)].map(([client, own]) =>
    awaitEnds(
      own.map(({ run }) => run),
      hasEnded,
      { ...options, apiKey: options.apiKey(client) },
    ),
  );
  return (await Promise.all(waiting)).flat();
}

const triesMax = 5;
const retryDelayMs = 100;

/**
 * Reads each run through every gateway once everything is over, and writes down what the gateways say.
 *
 * @returns the runs that some gateway could not tell about, after several tries.
 */
export async function readRuns(runs: readonly AcknowledgedRun[], options: ReadRunsOptions): Promise<string[]> {
  const untilMs = options.clock.now() + options.withinMs;
  const unread = new Set<string>();
  for (const [client, own] of Map.groupBy(runs, (run) => run.client)) {
    const { timeoutMs = 5_000, atOnce = 32 } = options;
    await using readers = openReaders(options.gateways, { ...options, timeoutMs, apiKey: options.apiKey(client) });
    await inParallel(own, atOnce, async (run) => {
      for (const reader of readers.each) {
        if (!(await readUntilAnswered(run, reader, untilMs, options))) unread.add(run.run);
      }
    });
  }
  return [...unread];
}

async function readUntilAnswered(
  { run, workflow }: AcknowledgedRun,
  reader: Reader,
  untilMs: number,
  { clock, witness, signal }: ReadRunsOptions,
): Promise<boolean> {
  for (let round = 0; round < triesMax; round++) {
    if (round > 0) await clock.sleep(retryDelayMs * 2 ** (round - 1), signal);
    if (signal?.aborted || clock.now() >= untilMs) return false;
    const answer = runAnswer(await reader.get(runPath(run)));
    if (!answer) continue;
    witness.record({ kind: "run-read", run, workflow, via: reader.id, ...answer });
    return true;
  }
  return false;
}
