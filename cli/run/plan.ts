import { cpus, totalmem } from "node:os";

import {
  nearestNames,
  ownEntry,
  UsageError,
  type RunRecord,
  type ServersKind,
  type WorldKind,
} from "../../core/mod.ts";
import type { EngineName } from "../../loadgen/mod.ts";
import { safeguards, type SafeguardName } from "../../reference/safeguards.ts";
import { scenarios, suites, type Scenario } from "../../scenarios/mod.ts";
import { assertPossible } from "./assert-possible.ts";
import { paceBy, paceFactor, readTuning, type Tuning } from "./tuning.ts";

/** Everything that decides a run, checked before anything is started. */
export interface TrialPlan {
  readonly name: string;
  readonly world: WorldKind;
  /** @defaultValue "real" */
  readonly servers?: ServersKind;
  readonly scenario: Scenario;
  readonly seed: string;
  readonly engine: EngineName;
  /** As the user named it, for the command that does the run again. */
  readonly tuningName: string;
  readonly settings: readonly string[];
  readonly tuning: Tuning;
  readonly without: readonly SafeguardName[];
  /** Times of the scenario, as a multiple of the documented ones, where they do not follow the tuning. */
  readonly pace?: number;
}

/** What the user may choose about a run. */
export interface TrialChoices {
  /** @defaultValue "local" */
  readonly world?: string;
  /** @defaultValue "real" */
  readonly servers?: ServersKind;
  readonly seed: string;
  /** @defaultValue "fast"; in the sim world, where time costs nothing, "default" */
  readonly tuning?: string;
  /** @defaultValue "open" */
  readonly engine?: EngineName;
  readonly set: readonly string[];
  readonly without: readonly string[];
  /** Times of the scenario, as a multiple of the documented ones. @defaultValue as the tuning's job lock has it */
  readonly pace?: string;
}

/**
 * The plans behind a name: one for a scenario, several for a suite.
 *
 * @throws UsageError with the nearest names when there is no such scenario, suite, safeguard or setting.
 */
export function planTrials(name: string, choices: TrialChoices): TrialPlan[] {
  const names = ownEntry(suites, name)?.scenarios ?? [name];
  return names.map((each) => planTrial(each, choices));
}

function planTrial(name: string, choices: TrialChoices): TrialPlan {
  const definition = ownEntry(scenarios, name);
  if (!definition) throw unknownName("scenario or suite", name, [...Object.keys(scenarios), ...Object.keys(suites)]);
  const world = worldNamed(choices.world ?? "local");
  const tuningName = choices.tuning ?? (world === "sim" ? "default" : "fast");
  const tuning = readTuning(tuningName, choices.set);
  const pace = choices.pace === undefined ? undefined : readPace(choices.pace);
  const scenario = definition(paceBy(pace ?? paceFactor(tuning)));
  assertPossible(name, scenario, world);
  assertServers(choices.servers, world);
  assertEngine(choices.engine ?? "open", world);
  return {
    name,
    world,
    ...(choices.servers === undefined || world !== "local" ? {} : { servers: choices.servers }),
    scenario,
    seed: readSeed(choices.seed),
    engine: choices.engine ?? "open",
    tuningName,
    settings: choices.set,
    tuning,
    without: choices.without.map(safeguardNamed),
    ...(pace === undefined ? {} : { pace }),
  };
}

/** A seed is a number; those that a command derives from one have the number of a pair or an attempt behind it. */
function readSeed(text: string): string {
  if (/^\d{1,16}(?:-\d+)*$/.test(text)) return text;
  throw new UsageError(`Not a seed: "${text}"`, "a seed is a whole number, such as --seed 7");
}

/** What `--world` may say, for the help of commands. */
export const worldHelp =
  "where the plane runs: local (processes), compose (containers), or sim (simulated, in virtual time)";

const worldKinds: readonly WorldKind[] = ["local", "compose", "sim"];

function worldNamed(name: string): WorldKind {
  const found = worldKinds.find((kind) => kind === name);
  if (found) return found;
  throw new UsageError(`There is no world "${name}"`, `use --world ${worldKinds.join(" or --world ")}`);
}

/** Nobody outside of this process lives in virtual time. */
function assertEngine(engine: EngineName, world: WorldKind): void {
  if (world !== "sim" || engine === "open") return;
  throw new UsageError(`The engine ${engine} cannot send a load with --world sim`, "leave --engine out");
}

/** Containers have images of their own, and a simulation has engines of its own. */
function assertServers(servers: ServersKind | undefined, world: WorldKind): void {
  if (servers !== "embedded" || world === "local") return;
  throw new UsageError(
    `--world ${world} brings its own servers: there is no place for embedded ones`,
    "leave --servers out, or use --world local",
  );
}

/** @throws UsageError unless it is a factor from a thousandth to a hundred. */
export function readPace(text: string): number {
  const factor = Number(text);
  if (text.trim() !== "" && factor >= 0.001 && factor <= 100) return factor;
  throw new UsageError(`Not a pace: "${text}"`, "1 is the documented times, 0.1 ten times shorter ones");
}

/** @throws UsageError with the nearest names. */
export function safeguardNamed(name: string): SafeguardName {
  if (Object.hasOwn(safeguards, name)) return name as SafeguardName;
  throw unknownName("safeguard", name, Object.keys(safeguards));
}

function unknownName(kind: string, name: string, known: readonly string[]): UsageError {
  const nearest = nearestNames(name, known);
  const all = `\`npm run seatrial -- list ${kind.split(" ")[0]}s\` shows all`;
  return new UsageError(
    `Unknown ${kind} "${name}"`,
    nearest.length > 0 ? `did you mean ${nearest.join(", ")}? ${all}` : all,
  );
}

/** The command that does this run again. */
export function reproduceCommand(plan: TrialPlan): string {
  const parts = [`npm run seatrial -- run ${plan.name} --seed ${plan.seed} --tuning ${plan.tuningName}`];
  if (plan.engine !== "open") parts.push(`--engine ${plan.engine}`);
  if (plan.world !== "local") parts.push(`--world ${plan.world}`);
  if (plan.servers === "embedded") parts.push("--servers embedded");
  if (plan.pace !== undefined) parts.push(`--pace ${plan.pace}`);
  for (const setting of plan.settings) parts.push(`--set ${setting}`);
  for (const safeguard of plan.without) parts.push(`--without ${safeguard}`);
  return parts.join(" ");
}

/** The machine, as far as figures depend on it. */
export function machine(versions: { redis: string; nats: string }): RunRecord["machine"] {
  return { cores: cpus().length, memoryMb: Math.round(totalmem() / 2 ** 20), node: process.version, ...versions };
}
