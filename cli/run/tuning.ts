import { readFileSync } from "node:fs";

import { parse } from "yaml";

import { isDuration, messageOf, ms, UsageError, type Duration } from "../../core/mod.ts";
import { assertKnownVariables, fastTuning, readConfig } from "../../reference/config/config.ts";
import type { Setting } from "../../reference/config/setting.ts";
import { settings } from "../../reference/config/settings.ts";
import type { Pace } from "../../scenarios/mod.ts";

/** Overrides of the plane's settings, by environment variable. */
export type Tuning = Readonly<Record<string, string>>;

/**
 * Reads a tuning: `fast`, `default`, or a YAML or JSON file of environment variables; then the single settings on top
 * of it.
 *
 * @throws UsageError for a file that cannot be read, an unknown variable, or a value that does not fit it.
 */
export function readTuning(nameOrFile: string, single: readonly string[]): Tuning {
  const tuning = { ...namedTuning(nameOrFile), ...Object.fromEntries(single.map(readSetting)) };
  assertKnownVariables(Object.keys(tuning));
  readConfig(tuning);
  assertAboveZero(tuning);
  return tuning;
}

/** The only number of which there may be none. */
const mayBeZero = "REDIS_MIN_IDLE_CONNS";

/** A plane with no time, no room or no rate does nothing at all, in a way that is hard to see. */
function assertAboveZero(tuning: Tuning): void {
  for (const { env, type } of Object.values<Setting>(settings)) {
    const text = tuning[env];
    if (text === undefined || env === mayBeZero || (type !== "duration" && type !== "integer")) continue;
    if (Number.parseFloat(text) === 0) throw new UsageError(`${env}: "${text}" is nothing`, "give it more than zero");
    if (type === "duration" && isDuration(text) && ms(text) < 1) {
      throw new UsageError(`${env}: "${text}" is less than 1 ms`, "timers count whole milliseconds");
    }
  }
}

function namedTuning(nameOrFile: string): Tuning {
  if (nameOrFile === "default") return {};
  if (nameOrFile === "fast") return fastTuning();
  return readTuningFile(nameOrFile);
}

function readTuningFile(path: string): Tuning {
  let parsed: unknown;
  try {
    parsed = parse(readFileSync(path, "utf8"));
  } catch (thrown) {
    throw new UsageError(
      `Cannot read the tuning "${path}": ${messageOf(thrown)}`,
      `name "fast", "default", or a file with a line such as SCHEDULER_JOB_LOCK_TTL: 10s`,
    );
  }
  return asTuning(parsed, `The tuning "${path}"`);
}

/**
 * A table of settings as it came from a file. Numbers and flags need no quotes.
 *
 * @throws UsageError when it is no table, or a value is one itself.
 */
function asTuning(parsed: unknown, what: string): Tuning {
  const isTable = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
  if (!isTable || Object.values(parsed).some((value) => !["string", "number", "boolean"].includes(typeof value))) {
    throw new UsageError(`${what} is no table of settings`, "write each on a line: SCHEDULER_JOB_LOCK_TTL: 10s");
  }
  return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]));
}

function readSetting(text: string): [string, string] {
  const split = text.indexOf("=");
  if (split <= 0) throw new UsageError(`Not a setting: "${text}"`, "write it like --set SCHEDULER_JOB_LOCK_TTL=10s");
  return [text.slice(0, split), text.slice(split + 1)];
}

/** How long scenario times are under a tuning, as a multiple of the documented ones: {@link paceFactor} says how. */
export function paceOf(tuning: Tuning): Pace {
  return paceBy(paceFactor(tuning));
}

/** Scenario times follow the job lock's TTL, since it is what failovers wait for: 0.1 for the tuning `fast`. */
export function paceFactor(tuning: Tuning): number {
  return readConfig(tuning).jobLockTtlMs / readConfig({}).jobLockTtlMs;
}

/** Scenario times at a multiple of the documented ones. */
export function paceBy(factor: number): Pace {
  return (documented: Duration) => {
    const paced = `${Number((ms(documented) * factor).toFixed(3))}ms`;
    if (!isDuration(paced)) throw new Error(`Pace made "${paced}" of "${documented}"`);
    return paced;
  };
}
