import type { Command } from "commander";

import type { ExitCode } from "../core/mod.ts";

/** Where a command prints, and how it learns that it should stop. */
export interface Console {
  /** Results. */
  out(text: string): void;
  readonly stderr: NodeJS.WriteStream;
  /** Width of the terminal, or 80. */
  readonly columns: number;
  readonly colour: boolean;
  /** Aborts at the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
}

/** What a command's action gives back. */
export type CommandResult = Promise<ExitCode>;

/** Adds a command to the program; its action's exit code becomes the process's. */
export type AddCommand = (program: Command, console: Console, run: (action: CommandResult) => Promise<void>) => void;
