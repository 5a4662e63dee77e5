import { EnvironmentError } from "../../core/mod.ts";
import { examine } from "./examine.ts";
import { thisMachine, type Machine } from "./machine.ts";
import { isUsable, type Program, type Purpose } from "./program.ts";
import { programs } from "./programs.ts";

/** What an attempt to obtain programs needs. */
export interface ObtainOptions {
  /** Told a line about each step, and about each program that can be done without and could not be had. */
  readonly progress: (line: string) => void;
  /** Only what is for these. @defaultValue everything */
  readonly for?: readonly Purpose[];
  /** @defaultValue the machine that this process runs on */
  readonly machine?: Machine;
  /** @defaultValue the programs that Seatrial uses */
  readonly programs?: readonly Program[];
}

/**
 * Sees to it that programs are there: what can be used already is left alone, and of what is missing each way is
 * tried until one works.
 *
 * @throws EnvironmentError `servers_missing` when one cannot be had that is required, naming each way that was tried
 *   and why it did not work.
 */
export async function obtain(options: ObtainOptions): Promise<void> {
  const { progress, machine = thisMachine() } = options;
  const wanted = options.programs ?? programs;
  const required: string[] = [];
  for (const program of wanted.filter((each) => options.for?.includes(each.for) ?? true)) {
    const tried = await obtainOne(program, machine, progress);
    if (tried.length === 0) continue;
    const failure = `${program.name} (${tried.join("; ")})`;
    if (program.required) required.push(failure);
    else progress(`Cannot obtain ${failure}: ${program.neededBy} must do without it`);
  }
  if (required.length > 0) throw missing(required);
}

/** Tries one way after the other. The answer is why none of them worked; empty when one did. */
async function obtainOne(program: Program, machine: Machine, progress: (line: string) => void): Promise<string[]> {
  const { name } = program;
  const tried: string[] = [];
  if (isUsable(await examine(program, machine))) return [];
  for (const way of program.ways) {
    progress(`${name} is missing: trying ${way.name}`);
    const failure = (await way.obtain(machine)) ?? (await whyNotUsable(program, machine));
    if (failure === undefined) {
      progress(`${name} is there now, by ${way.name}`);
      return [];
    }
    tried.push(`${way.name}: ${failure}`);
  }
  return tried;
}

/** One that says no version cannot be run: a program for another machine, say. */
async function whyNotUsable(program: Program, machine: Machine): Promise<string | undefined> {
  const tool = await examine(program, machine);
  return isUsable(tool) ? undefined : `went well, but ${tool.trouble ?? "the program does not run"}`;
}

function missing(failures: readonly string[]): EnvironmentError {
  return new EnvironmentError(
    "servers_missing",
    `Cannot obtain ${failures.join(", nor ")}`,
    "install them in your own way, and put the programs on PATH or into .seatrial/bin; or do without: --servers embedded, or --world sim",
  );
}
