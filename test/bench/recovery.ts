import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { at, cut, kill, type Fault } from "../../chaos/mod.ts";
import { everyRunEnds, noEffectTwice, noJobIsLost, stepsRunOnceInOrder } from "../../checks/mod.ts";
import { openProgress } from "../../cli/progress.ts";
import { planTrials, type TrialPlan } from "../../cli/run/plan.ts";
import { runTrial } from "../../cli/run/trial.ts";
import { EnvironmentError, readHistory, type Duration } from "../../core/mod.ts";
import { lasting, uniform, worker, workflow, type Load } from "../../loadgen/mod.ts";
import type { Scenario } from "../../scenarios/mod.ts";
import { waitsByFault } from "./recovery-waits.ts";
import { summarize, type Bench, type BenchOptions, type BenchResult } from "./result.ts";

/** How long clients wait because something is taken away: one run for each kind of fault, many strikes in it. */
export const recovery: Bench = {
  title: "recovery times of the fast tuning (TTLs and polls / 10), from the clients",
  run,
};

interface Case {
  readonly name: string;
  readonly fault: Fault;
  readonly load: (lastingS: number) => Load;
}

const jobs = (lastingS: number): Load => ({
  name: "jobs",
  arrivals: uniform("40/s", lasting(seconds(lastingS))),
  idempotency: "resend",
  timeout: "2s",
});

/** Without faults, such a run ends after some tens of milliseconds. */
const chain = workflow("chain", { one: worker(), two: worker(), three: worker() });

const runs = (lastingS: number): Load => ({
  name: "runs",
  arrivals: uniform("10/s", lasting(seconds(lastingS))),
  workflow: chain,
});

const cases: readonly Case[] = [
  { name: "scheduler kill (not the leader)", fault: kill("scheduler.follower"), load: jobs },
  { name: "leader kill", fault: kill("scheduler.leader"), load: jobs },
  { name: "worker kill", fault: kill("worker-1"), load: jobs },
  { name: "workflow-engine kill", fault: kill("workflow.leader"), load: runs },
  { name: "gateway kill", fault: kill("gateway-1"), load: jobs },
  { name: "leader cut off from Redis", fault: cut("scheduler.leader", "redis"), load: jobs },
  { name: "all schedulers cut off from Redis", fault: cut("scheduler", "redis"), load: jobs },
];

/** A strike, its heal, and time to come to rest. */
const cycleS = 12;
const healAfter = "6s";

async function* run({
  runs: strikes = 10,
  signal = new AbortController().signal,
}: BenchOptions): AsyncGenerator<BenchResult> {
  for (const each of cases) {
    const waits = await strikeOften(each, strikes, signal);
    yield summarize(
      "recovery",
      each.name,
      waits.map((slowestMs) => ({ slowestMs })),
    );
  }
}

async function strikeOften(each: Case, strikes: number, signal: AbortSignal): Promise<number[]> {
  const out = mkdtempSync(join(tmpdir(), "seatrial-bench-recovery-"));
  try {
    const outcome = await runTrial(planOf(each, strikes), { out, progress: openProgress(process.stderr), signal });
    if (outcome.record.status !== "passed") throw spoilt(each.name, outcome.terminal({ columns: 100, colour: false }));
    return waitsByFault(await readHistory(join(outcome.folder, "history.jsonl")));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function planOf({ name, fault, load }: Case, strikes: number): TrialPlan {
  const [plan] = planTrials("steady-load", { seed: "1", tuning: "fast", set: [], without: [] });
  if (!plan) throw new Error("the scenario steady-load is gone");
  const own = load(strikes * cycleS);
  const scenario: Scenario = {
    title: `${name}, ${strikes} times under load.`,
    cluster: { gateways: 2, schedulers: 2, workflows: own.workflow ? 2 : 0, workers: 2 },
    load: [own],
    faults: Array.from({ length: strikes }, (_, index) => at(seconds(4 + index * cycleS), fault, { healAfter })),
    expect: own.workflow ? [everyRunEnds(), stepsRunOnceInOrder()] : [noJobIsLost(), noEffectTwice()],
  };
  return { ...plan, name: name.replaceAll(/[^a-z]+/g, "-"), scenario };
}

function seconds(count: number): Duration {
  return `${count}s`;
}

function spoilt(name: string, report: string): EnvironmentError {
  return new EnvironmentError("bench_spoilt", `The run "${name}" did not pass, so it measures nothing:\n${report}`, "");
}
