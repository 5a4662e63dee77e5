import type { Clock, OpenHttp, Witness } from "../core/mod.ts";
import { inParallel } from "./in-parallel.ts";
import { jobAnswer } from "./job-answer.ts";
import { openReaders, type Endpoint, type Reader } from "./readers.ts";

/** Who reads jobs, where, and how patiently. */
export interface ReadJobsOptions {
  readonly gateways: readonly Endpoint[];
  readonly apiKey: string;
  readonly clock: Clock;
  readonly witness: Witness;
  readonly signal?: AbortSignal;
  /** How servers are reached. @defaultValue over real sockets */
  readonly openHttp?: OpenHttp | undefined;
  /** Through every gateway, or through each in turn. @defaultValue "every" */
  readonly via?: "every" | "one";
  /** For all of it; what is not read by then stays unread. @defaultValue 120,000 */
  readonly withinMs?: number;
  /** For one answer. @defaultValue 5,000 */
  readonly timeoutMs?: number;
  /** Jobs read at the same time. @defaultValue 32 */
  readonly atOnce?: number;
}

const triesMax = 5;
const retryDelayMs = 100;

/**
 * Reads each job once everything is over, and writes down what the gateways say, with the job's log.
 *
 * One job's reads come one after the other, so that their order in the history is the order in which they were
 * answered.
 *
 * @returns the jobs that some gateway could not tell about, after several tries.
 */
export async function readJobs(ids: readonly string[], options: ReadJobsOptions): Promise<string[]> {
  const { gateways, clock, via = "every", withinMs = 120_000, timeoutMs = 5_000, atOnce = 32 } = options;
  await using readers = openReaders(gateways, { ...options, timeoutMs });
  const untilMs = clock.now() + withinMs;
  const unread = new Set<string>();
  await inParallel(ids, atOnce, async (id, index) => {
    const asked = via === "every" ? readers.each : [readers.each[index % readers.each.length]];
    for (const reader of asked) {
      if (reader && (await readUntilAnswered(id, reader, untilMs, options))) continue;
      unread.add(id);
      return;
    }
  });
  return ids.filter((id) => unread.has(id));
}

/** Where a job is read. */
export function jobPath(id: string): string {
  return `/api/v1/jobs/${encodeURIComponent(id)}`;
}

async function readUntilAnswered(
  id: string,
  reader: Reader,
  untilMs: number,
  { clock, witness, signal }: ReadJobsOptions,
): Promise<boolean> {
  for (let round = 0; round < triesMax; round++) {
    if (round > 0) await clock.sleep(retryDelayMs * 2 ** (round - 1), signal);
    if (signal?.aborted || clock.now() >= untilMs) return false;
    const answer = jobAnswer(await reader.get(jobPath(id)));
    if (!answer) continue;
    witness.record({ kind: "job-read", job: id, via: reader.id, ...answer });
    return true;
  }
  return false;
}
