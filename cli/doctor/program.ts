import type { Machine } from "./machine.ts";
import type { Way } from "./ways/way.ts";

/** What programs are for, by the word that `doctor --fix --for` takes. */
export const purposes = {
  servers: "servers of a local plane",
  faults: "network faults",
  k6: "load engine k6",
  compose: "world compose",
} as const;

/** One of the things that programs are for. */
export type Purpose = keyof typeof purposes;

/** A program that Seatrial uses, and how to come by it. */
export interface Program {
  /** As it is called on PATH, or in `.seatrial/bin`. */
  readonly name: string;
  readonly for: Purpose;
  /** Without it there is no local world but on stand-ins. */
  readonly required: boolean;
  /** What cannot be done without it, in a few words: `--servers real`. */
  readonly neededBy: string;
  /** Tried one after the other. */
  readonly ways: readonly Way[];
  /** Looks for it, where finding it and asking its version is not enough. @defaultValue PATH, then `--version` */
  readonly examine?: (machine: Machine) => Promise<Tool>;
}

/** A program on this machine. */
export interface Tool {
  /** Missing when the program is nowhere to be found. */
  readonly path?: string;
  /** Missing when the program does not run, or does not say. */
  readonly version?: string;
  /** Why it is of no use though it is there: `the engine does not answer`. */
  readonly trouble?: string;
}

/** Whether a program can be used: it is there, runs, and nothing is wrong with it. */
export function isUsable(tool: Tool): boolean {
  return tool.version !== undefined && tool.trouble === undefined;
}
