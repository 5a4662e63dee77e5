import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { EnvironmentError, messageOf } from "../../core/mod.ts";

/** Where runs go unless `--out` says otherwise. */
export const defaultRunsFolder = "runs";

/**
 * Makes a new folder for a run (or a suite): `<out>/<date>-<name>`, with a number behind it when that is taken.
 *
 * @throws EnvironmentError `run_folder_not_writable`
 */
export function makeRunFolder(out: string, name: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replaceAll(":", "").replace("T", "-");
  const parent = resolve(out);
  try {
    makeFolders(parent);
    accessSync(parent, constants.W_OK);
    return firstFree(parent, `${stamp}-${name}`);
  } catch (thrown) {
    throw new EnvironmentError(
      "run_folder_not_writable",
      `Cannot make a run folder in ${parent}: ${messageOf(thrown)}`,
      "choose a folder that you may write to, with --out",
      thrown,
    );
  }
}

/** One by one: `mkdirSync` with `recursive` never returns where the kernel refuses new folders, as below /proc. */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder));
  mkdirSync(folder);
}

function firstFree(parent: string, name: string): string {
  for (let number = 1; number <= 1_000; number++) {
    const folder = join(parent, number === 1 ? name : `${name}-${number}`);
    if (isMade(folder)) return folder;
  }
  throw new Error(`a thousand folders named ${name} exist already`);
}

function isMade(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw thrown;
  }
}
