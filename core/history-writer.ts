import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";

import type { Clock } from "./clock.ts";
import { EnvironmentError, messageOf } from "./errors.ts";
import type { Observation } from "./events.ts";
import type { Witness } from "./witness.ts";

/** A witness with a file of its own. */
export interface HistoryWriter extends Witness {
  close(): void;
}

/**
 * Writes one witness's events to one file, a line each.
 *
 * Every line is one synchronous write(2): when the process is killed at the next instruction, the line is there.
 *
 * @throws EnvironmentError `history_not_writable` when the file cannot be opened or written (a full disk, say).
 */
export function openHistoryWriter(path: string, who: string, clock: Clock): HistoryWriter {
  const file = openForAppend(path);
  let lastAt = 0;
  return {
    record(observation: Observation) {
      lastAt = Math.max(lastAt, observation.at ?? clock.now());
      appendLine(file, path, JSON.stringify({ ...observation, at: Number(lastAt.toFixed(3)), who }));
    },
    close: () => closeSync(file),
  };
}

function openForAppend(path: string): number {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, "a");
  } catch (thrown) {
    throw notWritable(path, thrown);
  }
}

function appendLine(file: number, path: string, line: string): void {
  try {
    writeSync(file, `${line}\n`);
  } catch (thrown) {
    throw notWritable(path, thrown);
  }
}

function notWritable(path: string, thrown: unknown): EnvironmentError {
  return new EnvironmentError(
    "history_not_writable",
    `Cannot write the history ${path}: ${messageOf(thrown)}`,
    "free some disk space, or choose another run folder with --out",
    thrown,
  );
}
