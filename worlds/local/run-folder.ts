import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { devNull } from "node:os";
import { join, resolve } from "node:path";

import { EnvironmentError, messageOf } from "../../core/mod.ts";

/** Where a world keeps its files, below the folder of the run. */
export interface RunFolder {
  /** What the servers store; gone when the world is closed. */
  readonly data: string;
  logOf(who: string): string;
  witnessFileOf(who: string): string;
  /** Every file of a witness that has written something, in order of name. */
  witnessFiles(): string[];
  removeData(): void;
}

/**
 * Makes the folders of a world.
 *
 * @param witnessed - whether witnesses have files; what they say goes nowhere otherwise
 * @throws EnvironmentError `folder_not_writable` when one cannot be made.
 */
export function makeRunFolder(folder: string, witnessed = true): RunFolder {
  const root = resolve(folder);
  const [logs, witnesses, data] = ["logs", "witnesses", "data"].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  for (const each of witnessed ? [logs, witnesses, data] : [logs, data]) makeFolder(each);
  return {
    data,
    logOf: (who) => join(logs, `${who}.log`),
    witnessFileOf: (who) => (witnessed ? join(witnesses, `${who}.jsonl`) : devNull),
    witnessFiles: () => (witnessed ? listWitnessFiles(witnesses) : []),
    removeData: () => rmSync(data, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (thrown) {
    throw new EnvironmentError(
      "folder_not_writable",
      `Cannot make the folder ${path}: ${messageOf(thrown)}`,
      "choose another run folder with --out",
      thrown,
    );
  }
}

function listWitnessFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .toSorted()
    .map((name) => join(folder, name));
}
