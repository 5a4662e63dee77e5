import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { messageOf, UsageError } from "../../core/mod.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { version } from "../version.ts";
import { readRecipe } from "./read-recipe.ts";

const format = 1;

/** What `replay.json` holds: a run that can be done again, to the last event. */
export interface ReplayFile {
  readonly format: typeof format;
  /** The version that made it: another one runs it differently, and so does not read it. */
  readonly seatrial: string;
  readonly recipe: Recipe;
  /** What the trace of the run came to. */
  readonly traceHash: string;
  /** Titles of the checks that failed. */
  readonly failed: readonly string[];
}

/** Writes `replay.json` into a run folder. */
export function writeReplayFile(folder: string, replay: Pick<ReplayFile, "recipe" | "traceHash" | "failed">): void {
  const file: ReplayFile = { format, seatrial: version, ...replay };
  writeFileSync(join(folder, "replay.json"), `${JSON.stringify(file, null, 2)}\n`);
}

/**
 * Reads a replay file, or that of a run folder.
 *
 * @throws UsageError for a file that cannot be read, is of another format or version, or does not fit.
 */
export function readReplayFile(path: string): ReplayFile {
  const file = fileIn(path);
  const parsed = parse(file);
  if (parsed["format"] !== format) {
    const made = typeof parsed["seatrial"] === "string" ? `, made by Seatrial ${parsed["seatrial"]}` : "";
    throw new UsageError(
      `${file} is of replay format ${JSON.stringify(parsed["format"])}${made}; this is Seatrial ${version}, which reads ${format}`,
      "replay it with the version that made it, or run the campaign again",
    );
  }
  const { seatrial, traceHash, failed } = parsed;
  if (typeof seatrial !== "string") throw broken(file, "it does not say which version made it");
  if (seatrial !== version) throw otherVersion(file, seatrial);
  if (!isHash(traceHash)) throw broken(file, "it has no trace hash of 16 hexadecimal digits");
  if (!isTexts(failed)) throw broken(file, "`failed` is no list of checks");
  return { format, seatrial, recipe: readRecipe(parsed["recipe"], file), traceHash, failed };
}

function otherVersion(file: string, made: string): UsageError {
  return new UsageError(
    `${file} was made by Seatrial ${made}; this is Seatrial ${version}, in which the same recipe may be another run`,
    `replay it with Seatrial ${made}, or run the campaign again with this one`,
  );
}

function fileIn(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, "replay.json") : path;
}

function parse(file: string): Readonly<Record<string, unknown>> {
  try {
    const parsed = JSON.parse(readFileSync(file, "utf8")) as unknown;
    if (typeof parsed === "object" && parsed !== null) return parsed as Record<string, unknown>;
  } catch (thrown) {
    throw broken(file, messageOf(thrown));
  }
  throw broken(file, "it holds no object");
}

function isHash(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{16}$/.test(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function broken(file: string, because: string): UsageError {
  return new UsageError(
    `Cannot replay ${file}: ${because}`,
    "name a folder that `seatrial campaign` left, or its replay.json",
  );
}
