import { exitCodes, type ExitCode } from "../../core/mod.ts";
import type { GatedScenario, GateItem, GateResult } from "../../reports/mod.ts";
import { quieter, type RunTrial } from "../compare/compare.ts";
import { measureRun } from "../compare/measured-run.ts";
import { runPairs, type PairedRuns } from "../compare/run-pairs.ts";
import type { TrialContext } from "../run/trial.ts";
import { version } from "../version.ts";
import { isFromHere } from "./baseline-coverage.ts";
import { gateTrial, type GatePlan } from "./gate-plan.ts";
import { isSuspicious, judgeScenario } from "./judge-scenario.ts";

/** How the candidate and the baseline are run: both by this tree, unless the baseline has one of its own. */
export interface Runners {
  readonly candidate: RunTrial;
  readonly baseline: RunTrial;
}

/** Runs candidate and baseline in turns, scenario by scenario, and whatever looks bad once more with fresh runs. */
export async function runGate(plan: GatePlan, context: TrialContext, runners: Runners): Promise<GateResult> {
  const startedAtUnixMs = Date.now();
  const items: GateItem[] = [];
  const scenarios: GatedScenario[] = [];
  let interrupted = false;
  for (const scenario of plan.policy.scenarios) {
    context.progress.step(`${scenario}: baseline and candidate, ${plan.policy.pairs} runs of each, in turns`);
    const first = await inTurns(plan, scenario, plan.choices.seed, { context, runners });
    const again = first.interrupted ? first : await secondLook(plan, scenario, first, { context, runners });
    interrupted ||= first.interrupted || again.interrupted;
    const judged = judgeScenario(plan, scenario, first.runs, again === first ? [] : again.runs);
    items.push(...judged.items);
    scenarios.push(judged.gated);
    if (interrupted) break;
  }
  const status = interrupted ? "interrupted" : statusOf(items);
  return { ...facts(plan), status, items, scenarios, startedAtUnixMs, lastedMs: Date.now() - startedAtUnixMs };
}

interface Making {
  readonly context: TrialContext;
  readonly runners: Runners;
}

function inTurns(plan: GatePlan, scenario: string, seed: string, { context, runners }: Making): Promise<PairedRuns> {
  const { progress, signal } = context;
  return runPairs(
    { pairs: plan.policy.pairs, again: 0, seed },
    {
      progress,
      signal,
      nameOf: ({ side }) => (side === "b" ? "candidate" : "baseline"),
      runOne: async (scheduled) => {
        const run = scheduled.side === "b" ? runners.candidate : runners.baseline;
        const trialContext = { ...context, progress: quieter(progress) };
        return measureRun(scheduled, await run(gateTrial(plan, scenario, scheduled), trialContext));
      },
    },
  );
}

async function secondLook(plan: GatePlan, scenario: string, first: PairedRuns, making: Making): Promise<PairedRuns> {
  if (!isSuspicious(plan, scenario, first.runs)) return { runs: [], interrupted: false };
  making.context.progress.step("  suspicious: looking again, with fresh runs");
  return inTurns(plan, scenario, `${plan.choices.seed}-again`, making);
}

/** Budgets and regressions count in strict mode; what was not examined is never green, whatever the mode. */
function statusOf(items: readonly GateItem[]): GateResult["status"] {
  const blocking = items.filter((item) => item.blocking);
  if (blocking.some(({ status }) => status === "failed")) return "failed";
  return items.length === 0 || blocking.some(({ status }) => status === "inconclusive") ? "inconclusive" : "passed";
}

/** The exit code of a gate. */
export function gateExitCode({ status }: Pick<GateResult, "status">): ExitCode {
  return exitCodes[status];
}

function facts(plan: GatePlan): Omit<GateResult, "status" | "items" | "scenarios" | "startedAtUnixMs" | "lastedMs"> {
  const { choices, baseline, policy, mode } = plan;
  return {
    format: 1,
    seatrial: version,
    policy: policy.path,
    mode,
    ...(choices.servers === undefined ? {} : { servers: choices.servers }),
    baseline: {
      file: choices.baseline,
      seatrial: baseline.seatrial,
      recordedAtUnixMs: baseline.recordedAtUnixMs,
      sameMachine: isFromHere(baseline),
      ...(choices.baselineTree === undefined ? {} : { tree: choices.baselineTree }),
    },
    differences: differencesOf(plan),
    reproduce: reproduce(plan),
  };
}

function differencesOf({ tuning, baseline }: GatePlan): GateResult["differences"] {
  const names = [...new Set([...Object.keys(tuning), ...Object.keys(baseline.tuning)])];
  return names
    .filter((name) => tuning[name] !== baseline.tuning[name])
    .map((setting) => {
      const [before = "default", now = "default"] = [baseline.tuning[setting], tuning[setting]];
      return { setting, baseline: before, candidate: now };
    });
}

function reproduce({ choices, mode }: GatePlan): string {
  const { policy, baseline, tuning, set, seed, world, servers, baselineTree } = choices;
  const words = [`npm run seatrial -- gate --policy ${policy} --baseline ${baseline} --${mode} --seed ${seed}`];
  if (tuning !== undefined) words.push(`--tuning ${tuning}`);
  for (const setting of set) words.push(`--set ${setting}`);
  if (world !== undefined && world !== "local") words.push(`--world ${world}`);
  if (servers === "embedded") words.push("--servers embedded");
  if (baselineTree !== undefined) words.push(`--baseline-tree ${baselineTree}`);
  return words.join(" ");
}
