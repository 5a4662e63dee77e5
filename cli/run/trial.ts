import { rmSync } from "node:fs";
import { join } from "node:path";

import {
  mergeHistories,
  openHistoryWriter,
  seededRandom,
  systemClock,
  systemRandom,
  type GeneratorHealth,
  type HistoryWriter,
  type TrialWorld,
} from "../../core/mod.ts";
import { operationNumbers } from "../../loadgen/mod.ts";
import { makeApiKeys } from "./api-keys.ts";
import { runSimulated } from "../simulate/run-simulated.ts";
import { bootWorld } from "./boot-world.ts";
import { carryOut } from "./carry-out.ts";
import { judge } from "./judge.ts";
import { loadEngine } from "./load-engine.ts";
import type { TrialOutcome } from "./outcome.ts";
import type { TrialPlan } from "./plan.ts";
import { makeRunFolder } from "./run-folder.ts";
import { sendLoads } from "./send-loads.ts";
import type { TrialContext, TrialParts } from "./trial-parts.ts";

export type { TrialContext } from "./trial-parts.ts";

/**
 * Runs a scenario: boots the plane, loads it and breaks it, heals everything, waits until the plane has finished what
 * it accepted, reads what it says, takes it down, and only then judges the history.
 */
export async function runTrial(plan: TrialPlan, context: TrialContext): Promise<TrialOutcome> {
  loadEngine(plan.engine).assertCanSend(plan.scenario.load, plan.scenario.cluster.gateways);
  if (plan.world === "sim") return runSimulated(plan, context);
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

/** A trial in real time, with a folder. */
interface RealTrial extends TrialParts {
  readonly folder: string;
  readonly originNs: bigint;
  readonly startedAtUnixMs: number;
  readonly witness: HistoryWriter;
}

function prepare(plan: TrialPlan, context: TrialContext): RealTrial {
  const folder = makeRunFolder(context.out, plan.name, new Date());
  const originNs = process.hrtime.bigint();
  const startedAtUnixMs = Date.now();
  const clock = systemClock(originNs);
  const witness = openHistoryWriter(join(folder, "witnesses", "harness.jsonl"), "harness", clock);
  witness.record({ kind: "sample", name: "unix-origin-ms", value: startedAtUnixMs });
  return {
    ...{ plan, context, folder, clock, originNs, startedAtUnixMs, witness },
    random: seededRandom(plan.seed),
    keys: makeApiKeys(plan.scenario.load, systemRandom()),
    nextOperation: operationNumbers(),
    sendLoads: (loads, options) => sendLoads({ plan, folder, clock }, loads, options),
  };
}

interface WorldResult {
  readonly generator: GeneratorHealth;
  readonly versions: TrialWorld["versions"];
  readonly witnessFiles: string[];
}

async function inWorld(trial: RealTrial): Promise<WorldResult> {
  await using world = await boot(trial);
  const generator = await carryOut(trial, world);
  trial.context.progress.live("taking the plane down");
  await world.close();
  return { generator, versions: world.versions, witnessFiles: world.witnessFiles() };
}

function boot({ plan, context, folder, clock, originNs, witness, keys }: RealTrial): Promise<TrialWorld> {
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
    ...(plan.servers === undefined ? {} : { servers: plan.servers }),
    links: scenario.faults.some(({ fault }) => fault.needsLinks === true),
    folder,
    clock,
    originNs,
    witness,
    signal: context.signal,
    progress: (line) => context.progress.live(line),
  });
}
