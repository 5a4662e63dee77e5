import { EnvironmentError } from "../../core/mod.ts";
import { examine } from "./examine.ts";
import { thisMachine, type Machine } from "./machine.ts";
import { serverPrograms, type ServerProgram } from "./tool.ts";
import { aptWay } from "./ways/apt.ts";
import { goInstallWay } from "./ways/go-install.ts";
import { homebrewWay } from "./ways/homebrew.ts";
import type { Way } from "./ways/way.ts";

/** What an attempt to obtain the servers needs. */
export interface ObtainOptions {
  /** Told a line about each step. */
  readonly progress: (line: string) => void;
  /** @defaultValue the machine that this process runs on */
  readonly machine?: Machine;
}

/**
 * Sees to it that the servers are there: what is installed already is left alone; what is missing comes from apt-get,
 * else from Homebrew, else from `go install`.
 *
 * @throws EnvironmentError `servers_missing`, naming each way that was tried and why it did not work.
 */
export async function obtainServers({ progress, machine = thisMachine() }: ObtainOptions): Promise<void> {
  const ways = [aptWay(), homebrewWay, goInstallWay];
  const failures: string[] = [];
  for (const program of serverPrograms) {
    const tried = await obtain(program, ways, machine, progress);
    if (tried.length > 0) failures.push(`${program.name} (${tried.join("; ")})`);
  }
  if (failures.length > 0) throw missing(failures);
}

/** Tries one way after the other. The answer is why none of them worked; empty when one did. */
async function obtain(
  program: ServerProgram,
  ways: readonly Way[],
  machine: Machine,
  progress: (line: string) => void,
): Promise<string[]> {
  const { name } = program;
  const tried: string[] = [];
  if (await runs(name, machine)) return [];
  for (const way of ways) {
    progress(`${name} is missing: trying ${way.name}`);
    const failure = await way.obtain(program, machine);
    if (failure === undefined && (await runs(name, machine))) {
      progress(`${name} is there now, by ${way.name}`);
      return [];
    }
    tried.push(`${way.name}: ${failure ?? "went well, but the program does not run"}`);
  }
  return tried;
}

/** One that says no version cannot be run: a program for another machine, say. */
async function runs(name: string, machine: Machine): Promise<boolean> {
  return (await examine(name, machine)).version !== undefined;
}

function missing(failures: readonly string[]): EnvironmentError {
  return new EnvironmentError(
    "servers_missing",
    `Cannot obtain ${failures.join(", nor ")}`,
    "install them in your own way, and put the programs on PATH or into .seatrial/bin",
  );
}
