import { readFileSync } from "node:fs";

import { isDuration, messageOf, ms, UsageError, type Duration } from "../../core/mod.ts";
import { assertKnownVariables, fastTuning, readConfig } from "../../reference/config/config.ts";
import type { Pace } from "../../scenarios/mod.ts";

/** Overrides of the plane's settings, by environment variable. */
export type Tuning = Readonly<Record<string, string>>;

/**
 * Reads a tuning: `fast`, `default`, or a JSON file of environment variables; then the single settings on top of it.
 *
 * @throws UsageError for a file that cannot be read, an unknown variable, or a value that does not fit it.
 */
export function readTuning(nameOrFile: string, single: readonly string[]): Tuning {
  const tuning = { ...namedTuning(nameOrFile), ...Object.fromEntries(single.map(readSetting)) };
  assertKnownVariables(Object.keys(tuning));
  readConfig(tuning);
  return tuning;
}

function namedTuning(nameOrFile: string): Tuning {
  if (nameOrFile === "default") return {};
  if (nameOrFile === "fast") return fastTuning();
  return readTuningFile(nameOrFile);
}

function readTuningFile(path: string): Tuning {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, "utf8"));
  } catch (thrown) {
    throw new UsageError(
      `Cannot read the tuning "${path}": ${messageOf(thrown)}`,
      `name "fast", "default", or a JSON file such as {"SCHEDULER_JOB_LOCK_TTL": "10s"}`,
    );
  }
  const isTable = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
  if (!isTable || Object.values(parsed as object).some((value) => typeof value !== "string")) {
    throw new UsageError(
      `The tuning "${path}" is no table of texts`,
      `write it like {"SCHEDULER_JOB_LOCK_TTL": "10s"}`,
    );
  }
  return parsed as Tuning;
}

function readSetting(text: string): [string, string] {
  const split = text.indexOf("=");
  if (split <= 0) throw new UsageError(`Not a setting: "${text}"`, "write it like --set SCHEDULER_JOB_LOCK_TTL=10s");
  return [text.slice(0, split), text.slice(split + 1)];
}

/**
 * How fast scenario times run under a tuning: as the job lock's TTL does, since it is what failovers wait for.
 */
export function paceOf(tuning: Tuning): Pace {
  const factor = readConfig(tuning).jobLockTtlMs / readConfig({}).jobLockTtlMs;
  return (documented: Duration) => {
    const paced = `${Number((ms(documented) * factor).toFixed(3))}ms`;
    if (!isDuration(paced)) throw new Error(`Pace made "${paced}" of "${documented}"`);
    return paced;
  };
}
