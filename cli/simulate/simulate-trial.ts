import {
  indexHistory,
  runStatus,
  SeatrialError,
  seededRandom,
  worstStatus,
  type GeneratorHealth,
  type History,
  type RunRecord,
  type Verdict,
} from "../../core/mod.ts";
import { operationNumbers, runLoads } from "../../loadgen/mod.ts";
import { Kernel } from "../../sim/mod.ts";
import {
  bootSimWorld,
  MemoryHistory,
  quietConditions,
  trustedLibraries,
  type SimConditions,
} from "../../worlds/sim/mod.ts";
import type { Progress } from "../progress.ts";
import { makeApiKeys } from "../run/api-keys.ts";
import { carryOut } from "../run/carry-out.ts";
import type { TrialPlan } from "../run/plan.ts";
import { paceFactor } from "../run/tuning.ts";
import type { TrialParts } from "../run/trial-parts.ts";
import { verdictsOf } from "../run/verdicts.ts";
import type { SimulatedTrial, SimulationOptions } from "./simulated-trial.ts";

const longestMs = 3_600_000;
/** A run begins at some moment of 1 January 2026: where in its second that is decides what a limiter sees. */
const firstDayUnixMs = Date.UTC(2026, 0, 1);
const dayMs = 86_400_000;
const longestEvents = 20_000_000;

/**
 * Simulates a trial: the scenario, the plane and the faults of `seatrial run`, in virtual time, in this process.
 *
 * The same plan and conditions give the same trial, to the last event. Only one at a time; none outlasts an hour of
 * virtual time.
 */
export async function simulateTrial(plan: TrialPlan, options: SimulationOptions = {}): Promise<SimulatedTrial> {
  const { conditions = quietConditions, trace, signal = never, progress = silent, onCall } = options;
  signal.throwIfAborted();
  const kernel = new Kernel({
    ...{ seed: plan.seed, eventsMax: longestEvents, trusted: trustedLibraries },
    epochUnixMs: firstDayUnixMs + seededRandom(`${plan.seed}/epoch`).int(dayMs),
    ...(trace ? { trace } : {}),
  });
  const history = new MemoryHistory(kernel);
  const stage = { kernel, history, conditions, signal, progress, ...(onCall ? { onCall } : {}) };
  const end = await inVirtualTime(kernel, signal, () => trial(plan, stage));
  signal.throwIfAborted();
  return {
    ...{ plan, conditions, events: history.events },
    ...judged(plan, indexHistory(history.events), end),
    traceHash: kernel.trace.hash(),
    trace: kernel.trace.entries(),
    kernelEvents: kernel.events,
    virtualMs: kernel.now(),
  };
}

const never = new AbortController().signal;

type End = { readonly generator: GeneratorHealth } | { readonly broke: unknown };

async function inVirtualTime(kernel: Kernel, signal: AbortSignal, main: () => Promise<GeneratorHealth>): Promise<End> {
  const abort = (): void => kernel.fail(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  kernel.at(longestMs, "too long", () => kernel.fail(tooLong()));
  try {
    return { generator: await kernel.run(main) };
  } catch (thrown) {
    return { broke: thrown };
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

interface Stage {
  readonly kernel: Kernel;
  readonly history: MemoryHistory;
  readonly conditions: SimConditions;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly onCall?: SimulationOptions["onCall"];
}

async function trial(plan: TrialPlan, stage: Stage): Promise<GeneratorHealth> {
  const { kernel, history, conditions, signal, progress, onCall } = stage;
  const { scenario, tuning, without } = plan;
  const random = kernel.random("harness");
  const witness = history.witness("harness");
  const keys = makeApiKeys(scenario.load, random.fork("keys"));
  witness.record({ kind: "sample", name: "unix-origin-ms", value: kernel.epochUnixMs });
  witness.record({ kind: "phase", phase: "boot" });
  await using world = await bootSimWorld({
    ...{ kernel, conditions, history, signal, without },
    ...(onCall ? { onCall } : {}),
    cluster: scenario.cluster,
    needsReplica: scenario.faults.some(({ fault }) => fault.needsReplica === true),
    variables: { ...tuning, ...scenario.variables, CORDUM_API_KEYS: keys.variable },
  });
  const lookEveryMs = lookAtPaceOneMs * Math.max(1 / 10, Math.min(1, plan.pace ?? paceFactor(tuning)));
  const parts: TrialParts = {
    ...{ plan, random, witness, keys },
    context: { progress, signal },
    clock: kernel.clock,
    ...{ probeEveryMs: lookEveryMs, approveEveryMs: lookEveryMs },
    nextOperation: operationNumbers(),
    sendLoads: (loads, options) => runLoads(loads, { ...options, machine: false }),
  };
  const generator = await carryOut(parts, world);
  await world.close();
  return generator;
}

/** Four looks a second, as elsewhere, see no more than this where every TTL is ten times as long. */
const lookAtPaceOneMs = 2_500;

const silent: Progress = { step: () => {}, live: () => {}, done: () => {} };

interface Judged {
  readonly history: History;
  readonly verdicts: readonly Verdict[];
  readonly status: RunRecord["status"];
  readonly generator: GeneratorHealth;
  readonly broke?: unknown;
}

function judged({ scenario }: TrialPlan, history: History, end: End): Judged {
  const verdicts = verdictsOf(scenario, history);
  if ("broke" in end) return { history, verdicts, status: "inconclusive", generator: nothingSent, broke: end.broke };
  return { history, verdicts, status: runStatus(worstStatus(verdicts), end.generator.healthy), ...end };
}

const nothingSent: GeneratorHealth = {
  healthy: false,
  because: "The simulation broke before its end.",
  ...{ operations: 0, dropped: 0, late: 0, sendLagP50Ms: 0, sendLagP99Ms: 0, eventLoopDelayP99Ms: 0 },
};

function tooLong(): SeatrialError {
  return new SeatrialError("simulation_too_long", `No end after ${longestMs / 60_000} minutes of virtual time`, {
    hint: "the scenario is too long to simulate, or something in it never ends",
  });
}
