import { existsSync } from "node:fs";

import { findBinary, ownBinaryFolder, versionOf } from "../../worlds/local/mod.ts";
import { runProgram, type ProgramOptions, type ProgramResult } from "./run-program.ts";

/** The machine as the doctor sees and treats it. */
export interface Machine {
  readonly isRoot: boolean;
  readonly hasSystemd: boolean;
  /** Where programs go that the project obtains for itself. */
  readonly ownBinaryFolder: string;
  /** Path of a program, or nothing. */
  find(name: string): string | undefined;
  versionOf(path: string): Promise<string | undefined>;
  run(command: readonly string[], options: ProgramOptions): Promise<ProgramResult>;
}

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  return {
    isRoot: process.getuid?.() === 0,
    hasSystemd: existsSync("/run/systemd/system"),
    ownBinaryFolder: ownBinaryFolder(),
    find: findBinary,
    versionOf,
    run: runProgram,
  };
}
