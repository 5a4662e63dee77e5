import { rmSync } from "node:fs";
import { join } from "node:path";

import { runFaultPlan, type FaultPlanRun } from "../../chaos/mod.ts";
import {
  mergeHistories,
  ms,
  openHistoryWriter,
  seededRandom,
  systemClock,
  type GeneratorHealth,
  type HistoryWriter,
  type TrialWorld,
} from "../../core/mod.ts";
import { awaitOutcomes, readJobs, runLoads } from "../../loadgen/mod.ts";
import { bootWorld } from "./boot-world.ts";
import type { Progress } from "../progress.ts";
import { harnessClient, makeApiKeys, type ApiKeys } from "./api-keys.ts";
import { judge } from "./judge.ts";
import type { TrialOutcome } from "./outcome.ts";
import type { TrialPlan } from "./plan.ts";
import { startProbes } from "./probes.ts";
import { makeRunFolder } from "./run-folder.ts";

/** Where a trial leaves its folder, how it tells what it does, and what ends it early. */
export interface TrialContext {
  readonly out: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Everything that the steps of one trial share. */
interface Trial {
  readonly plan: TrialPlan;
  readonly context: TrialContext;
  readonly folder: string;
  readonly clock: ReturnType<typeof systemClock>;
  readonly originNs: bigint;
  readonly startedAtUnixMs: number;
  readonly witness: HistoryWriter;
  readonly keys: ApiKeys;
}

/**
 * Runs a scenario: boots the plane, loads it and breaks it, heals everything, waits until the plane has finished what
 * it accepted, reads what it says, takes it down, and only then judges the history.
 */
export async function runTrial(plan: TrialPlan, context: TrialContext): Promise<TrialOutcome> {
  const trial = prepare(plan, context);
  trial.context.progress.step(`${plan.name}: ${plan.scenario.title}`);
  const { generator, versions, witnessFiles } = await inWorld(trial);
  trial.witness.close();
  context.progress.live("judging the history");
  await mergeHistories(witnessFiles, join(trial.folder, "history.jsonl"));
  // Until here they are the only record; a run that breaks before leaves them.
  rmSync(join(trial.folder, "witnesses"), { recursive: true, force: true });
  return judge({ ...trial, generator, versions });
}

function prepare(plan: TrialPlan, context: TrialContext): Trial {
  const folder = makeRunFolder(context.out, plan.name, new Date());
  const originNs = process.hrtime.bigint();
  const startedAtUnixMs = Date.now();
  const clock = systemClock(originNs);
  const witness = openHistoryWriter(join(folder, "witnesses", "harness.jsonl"), "harness", clock);
  witness.record({ kind: "sample", name: "unix-origin-ms", value: startedAtUnixMs });
  const keys = makeApiKeys(plan.scenario.load, seededRandom(`${Math.random()}`));
  return { plan, context, folder, clock, originNs, startedAtUnixMs, witness, keys };
}

interface WorldResult {
  readonly generator: GeneratorHealth;
  readonly versions: TrialWorld["versions"];
  readonly witnessFiles: string[];
}

async function inWorld(trial: Trial): Promise<WorldResult> {
  await using world = await boot(trial);
  const { witness, context } = trial;
  await using probes = startProbes(trial, world);
  witness.record({ kind: "phase", phase: "load" });
  const { generator, acknowledged } = await loadAndBreak(trial, world);
  context.signal.throwIfAborted();
  await settle(trial, world, acknowledged);
  await probes.finish();
  witness.record({ kind: "phase", phase: "end" });
  context.progress.live("taking the plane down");
  await world.close();
  return { generator, versions: world.versions, witnessFiles: world.witnessFiles() };
}

function boot({ plan, context, folder, clock, originNs, witness, keys }: Trial): Promise<TrialWorld> {
  context.progress.live("starting Redis, NATS and the replicas");
  witness.record({ kind: "phase", phase: "boot" });
  const { scenario, tuning, without } = plan;
  return bootWorld(plan.world, {
    cluster: scenario.cluster,
    variables: {
      ...tuning,
      ...scenario.variables,
      API_GATEWAY_REPLICAS: `${scenario.cluster.gateways}`,
      CORDUM_API_KEYS: keys.variable,
    },
    without,
    folder,
    clock,
    originNs,
    witness,
    signal: context.signal,
    progress: (line) => context.progress.live(line),
  });
}

async function loadAndBreak(
  trial: Trial,
  world: TrialWorld,
): Promise<{ generator: GeneratorHealth; acknowledged: string[] }> {
  const { plan, context, clock, witness, keys } = trial;
  const faults: FaultPlanRun = runFaultPlan(plan.scenario.faults, { world, clock, witness, signal: context.signal });
  try {
    const [load] = await Promise.all([
      runLoads(plan.scenario.load, {
        gateways: world.gateways(),
        apiKey: (client) => keys.keyOf(client),
        clock,
        random: seededRandom(plan.seed).fork("load"),
        witness,
        signal: context.signal,
        progress: (line) => context.progress.live(line),
      }),
      faults.done,
    ]);
    witness.record({ kind: "phase", phase: "load-end" });
    return { generator: load.health, acknowledged: load.acknowledged };
  } finally {
    if (!context.signal.aborted) await faults.healAll();
    witness.record({ kind: "phase", phase: "healed" });
  }
}

async function settle(trial: Trial, world: TrialWorld, acknowledged: string[]): Promise<void> {
  const { plan, context, clock, witness, keys } = trial;
  const readers = {
    gateways: world.gateways(),
    apiKey: keys.keyOf(harnessClient),
    clock,
    witness,
    signal: context.signal,
  };
  const withinMs = ms(plan.scenario.settleWithin ?? "30s");
  context.progress.live(`waiting until ${acknowledged.length} jobs have ended`);
  const missing = await awaitOutcomes(acknowledged, { ...readers, withinMs });
  witness.record(
    missing.length === 0
      ? { kind: "phase", phase: "converged" }
      : {
          kind: "phase",
          phase: "not-converged",
          detail: `${missing.length} of ${acknowledged.length} jobs have not ended`,
        },
  );
  context.progress.live(`reading ${acknowledged.length} jobs through every gateway`);
  await readJobs(acknowledged, readers);
}
