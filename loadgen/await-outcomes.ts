import type { Witness } from "../core/mod.ts";
import { awaitEnds, type AwaitEndsOptions } from "./await-ends.ts";
import { isFinished, jobAnswer } from "./job-answer.ts";
import { jobPath } from "./read-jobs.ts";
import type { Reader } from "./readers.ts";

/** Who waits, for how long, and who writes it down. */
export interface AwaitOutcomesOptions extends AwaitEndsOptions {
  readonly witness: Witness;
}

/**
 * Waits until every job has come to its end, or the time is up. The read that sees an end is written down.
 *
 * @returns the jobs that have not ended, or that nobody could tell about.
 */
export function awaitOutcomes(ids: readonly string[], options: AwaitOutcomesOptions): Promise<string[]> {
  return awaitEnds(ids, (id, reader) => hasEnded(id, reader, options.witness), options);
}

async function hasEnded(id: string, reader: Reader, witness: Witness): Promise<boolean> {
  const answer = jobAnswer(await reader.get(jobPath(id)));
  if (!answer || !isFinished(answer.state)) return false;
  const { log: _, ...short } = answer; // the final reads keep the log
  witness.record({ kind: "job-read", job: id, via: reader.id, ...short });
  return true;
}
