import { createHash } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { cpus, totalmem } from "node:os";

import { EnvironmentError, messageOf, UsageError } from "../../core/mod.ts";
import type { Spread } from "../../reports/mod.ts";
import type { Tuning } from "../run/tuning.ts";

/** What a gate compares with: a configuration, how it did when it was recorded, and how noisy that machine was. */
export interface Baseline {
  readonly format: 1;
  readonly seatrial: string;
  readonly recordedAtUnixMs: number;
  readonly machine: Fingerprint;
  readonly tuning: Tuning;
  readonly scenarios: Readonly<Record<string, RecordedScenario>>;
}

/** One scenario as it was recorded: information, and the noise; never what a candidate is measured against. */
export interface RecordedScenario {
  readonly measures: Readonly<Record<string, Spread>>;
  /** Log-ratios of A/A pairs by measure. */
  readonly noise: Readonly<Record<string, readonly number[]>>;
}

/** What figures depend on, as far as it can be told. */
export interface Fingerprint {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryMb: number;
}

/** This machine. */
export function fingerprint(): Fingerprint {
  return { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, memoryMb: Math.round(totalmem() / 2 ** 20) };
}

/**
 * Reads a baseline.
 *
 * @throws UsageError when there is none; EnvironmentError `baseline_torn` when it was not written to its end, or was
 *   changed since; `baseline_foreign` when it is something else.
 */
export function readBaseline(path: string): Baseline {
  if (!existsSync(path)) {
    throw new UsageError(`There is no baseline at "${path}"`, "record one: the same command with --update-baseline");
  }
  const { checksum, ...baseline } = parsed(path);
  if (typeof checksum !== "string" || baseline["format"] !== 1 || !("scenarios" in baseline)) {
    throw new EnvironmentError("baseline_foreign", `"${path}" is no baseline that this Seatrial can read`, anew);
  }
  if (checksum !== checksumOf(baseline)) throw torn(path, "its checksum does not fit");
  return baseline as unknown as Baseline;
}

/** Writes a baseline at once or not at all: whoever reads sees the old one or the new one. */
export function writeBaseline(path: string, baseline: Baseline): void {
  const text = `${JSON.stringify({ checksum: checksumOf(baseline), ...baseline }, null, 2)}\n`;
  const beside = `${path}.new`;
  try {
    const file = openSync(beside, "w");
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (thrown) {
    const hint = "choose a file that you may write, with --baseline";
    throw new EnvironmentError("baseline_not_writable", `Cannot write "${path}": ${messageOf(thrown)}`, hint, thrown);
  }
}

const anew = "restore it from version control, or record it anew with --update-baseline";

function parsed(path: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch (thrown) {
    throw torn(path, messageOf(thrown));
  }
}

function torn(path: string, because: string): EnvironmentError {
  return new EnvironmentError("baseline_torn", `The baseline "${path}" is damaged: ${because}`, anew);
}

/** Of what it says, however it is laid out. */
function checksumOf(baseline: object): string {
  return `sha256-${createHash("sha256").update(JSON.stringify(baseline)).digest("hex")}`;
}
