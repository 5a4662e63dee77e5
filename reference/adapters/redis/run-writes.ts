import type { Witness } from "../../../core/mod.ts";
import { isEnded } from "../../domain/workflow/run-queries.ts";
import type { Run, RunState } from "../../domain/workflow/run.ts";
import type { Metrics, Redis, Runs, RunSave, RunSaved } from "../../ports/mod.ts";
import type { RunIndex } from "./run-index.ts";
import { runIntentsText, runKey, storedRunOf, timelineText, type HeldReply } from "./run-record.ts";
import { loadScript } from "./scripts.ts";

/** What writing runs takes. */
export interface RunWriteParts {
  readonly redis: Redis;
  readonly clock: { now(): number };
  readonly witness: Witness;
  readonly metrics: Pick<Metrics, "count">;
  /** JOB_META_TTL: how long a run that has ended is kept. */
  readonly metaTtlMs: number;
  readonly index: RunIndex;
}

/** The writes to runs' records: each one script on one key, and the indexes after it. */
export function runWrites(parts: RunWriteParts): Pick<Runs, "create" | "save"> {
  return {
    create: (run, intents) => create(parts, run, intents),
    save: (change) => save(parts, change),
  };
}

const createScript = loadScript("run-create", "run-record");
const saveScript = loadScript("run-save", "run-record");

async function create(
  parts: RunWriteParts,
  run: Run,
  intents: Parameters<Runs["create"]>[1],
): ReturnType<Runs["create"]> {
  await parts.index.announce(run);
  const sentAt = parts.clock.now();
  const args = [JSON.stringify(run), run.state, runIntentsText(intents)];
  const [made, held] = (await parts.redis.script(createScript, [runKey(run.id)], args)) as [number, HeldReply];
  const [created, stored] = [made === 1, storedRunOf(held)];
  testify(parts, { run, from: "NONE", accepted: created, epoch: 0, sentAt });
  await parts.index.add(stored.run);
  if (created) parts.metrics.count("workflowRuns", { state: run.state });
  return { created, stored };
}

type SaveReply = [1, version: number, before: RunState, owed: number] | [0, version: number];

async function save(parts: RunWriteParts, change: RunSave): Promise<RunSaved> {
  const { run, section, epoch } = change;
  const sentAt = parts.clock.now();
  const reply = (await parts.redis.script(saveScript, [runKey(run.id)], argsOf(parts, change))) as SaveReply;
  const write = { run, epoch, sentAt, accepted: reply[0] === 1, ...(section === undefined ? {} : { section }) };
  if (reply[0] === 0) {
    testify(parts, write);
    parts.metrics.count("workflowWritesRefused");
    return { accepted: false, version: reply[1] };
  }
  const [, version, before, owed] = reply;
  testify(parts, { ...write, from: before });
  if (before !== run.state) parts.metrics.count("workflowRuns", { state: run.state });
  await parts.index.move(run, before, owed === 0);
  return { accepted: true, version };
}

function argsOf({ metaTtlMs }: RunWriteParts, change: RunSave): (string | number)[] {
  const { run, version, epoch, intents, timeline } = change;
  const ttlMs = isEnded(run.state) ? Math.ceil(metaTtlMs) : 0;
  const fixed = [version, epoch, JSON.stringify(run), run.state, ttlMs, runIntentsText(intents)];
  return [...fixed, ...timeline.map(timelineText)];
}

interface RunWrite {
  readonly run: Run;
  readonly section?: string;
  readonly accepted: boolean;
  readonly from?: string;
  readonly epoch: number;
  readonly sentAt: number;
}

/** A run's record has the run's id in the history, which no job has. */
function testify({ witness }: RunWriteParts, { run, ...write }: RunWrite): void {
  witness.record({ kind: "write", job: run.id, to: run.state, ...write });
}
