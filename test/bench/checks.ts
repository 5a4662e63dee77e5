import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  allReplicasHealthy,
  legalTransitions,
  lockIsExclusive,
  noEffectTwice,
  noJobIsLost,
  oneDispatchPerEpoch,
  oneExecutionPerEpoch,
  oneLeaderAtATime,
  oneTerminalState,
  rateLimitHolds,
  recoversWithin,
  workersAgree,
  type Check,
} from "../../checks/mod.ts";
import { mergeHistories, readHistory, type History } from "../../core/mod.ts";
import { madeHistory, madeLimitPerSecond } from "./made-history.ts";
import { summarize, type Bench, type Numbers } from "./result.ts";

const defaults = { jobs: 1_000_000, runs: 1 };

/** Fewer events hold no fault to recover from, and a verdict that is unknown took no time worth knowing. */
const eventsMin = 100_000;

/** Merging, reading and judging a history; `jobs` is the number of events, of which there are 100,000 at least. */
export const checks: Bench = {
  title: "Merging, reading and judging a history of a million events",
  async *run({ jobs = defaults.jobs, runs = defaults.runs, signal }) {
    const results: Numbers[] = [];
    while (results.length < runs) {
      signal?.throwIfAborted();
      results.push(await readAndJudge(Math.max(jobs, eventsMin)));
    }
    yield summarize("checks", "a run in which everything went well", results);
  },
};

const judged: readonly Check[] = [
  allReplicasHealthy({ gateway: 2, scheduler: 2, worker: 2 }),
  legalTransitions(),
  lockIsExclusive(),
  noEffectTwice(),
  noJobIsLost(),
  oneDispatchPerEpoch(),
  oneExecutionPerEpoch(),
  oneLeaderAtATime(),
  oneTerminalState(),
  rateLimitHolds({ limitPerSecond: madeLimitPerSecond }),
  recoversWithin("5s"),
  workersAgree({ within: "5s" }),
];

async function readAndJudge(events: number): Promise<Numbers> {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-bench-checks-"));
  try {
    const witnesses = writeWitnesses(folder, events);
    const merged = join(folder, "history.jsonl");
    const mergeMs = await timed(() => mergeHistories(witnesses, merged));
    const readMs = await timed(() => readHistory(merged));
    const judgeMs = Object.fromEntries(judged.map((check) => judge(check, readMs.result)));
    const judgeAllMs = Object.values(judgeMs).reduce((sum, each) => sum + each, 0);
    return { events: readMs.result.size, mergeMs: mergeMs.ms, readMs: readMs.ms, judgeAllMs, ...judgeMs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each witness has a file of its own, as in a run. */
function writeWitnesses(folder: string, events: number): string[] {
  const buffered = new Map<string, string[]>();
  const flush = (who: string, lines: string[]): void =>
    appendFileSync(join(folder, `${who}.jsonl`), lines.splice(0).join(""));
  for (const event of madeHistory(events, "bench")) {
    const lines = buffered.get(event.who) ?? [];
    if (lines.push(`${JSON.stringify(event)}\n`) === 1_000) flush(event.who, lines);
    buffered.set(event.who, lines);
  }
  for (const [who, lines] of buffered) flush(who, lines);
  return [...buffered.keys()].map((who) => join(folder, `${who}.jsonl`));
}

/** @throws Error when a check does not pass: the time that it took would mean nothing. */
function judge(check: Check, history: History): [name: string, ms: number] {
  const beganAt = performance.now();
  const verdict = check.judge(history);
  const ms = performance.now() - beganAt;
  if (verdict.status !== "pass") throw new Error(`"${verdict.check}" is ${verdict.status}: ${verdict.summary}`);
  return [`judgeMs/${verdict.check}`, Math.round(ms)];
}

async function timed<Result>(act: () => Promise<Result>): Promise<{ ms: number; result: Result }> {
  const beganAt = performance.now();
  const result = await act();
  return { ms: Math.round(performance.now() - beganAt), result };
}
