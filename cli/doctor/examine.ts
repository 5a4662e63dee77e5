import { thisMachine, type Machine } from "./machine.ts";
import type { Program, Tool } from "./program.ts";
import { programs } from "./programs.ts";

/** A program, and how it stands with it on this machine. */
export interface Finding {
  readonly program: Program;
  readonly tool: Tool;
}

/** Looks for each program: on PATH, in the folders that PATH may leave out, and in `.seatrial/bin`. */
export function examineAll(
  machine: Machine = thisMachine(),
  wanted: readonly Program[] = programs,
): Promise<Finding[]> {
  return Promise.all(wanted.map(async (program) => ({ program, tool: await examine(program, machine) })));
}

/** Where a program is, which version, and what is wrong with it. */
export function examine(program: Program, machine: Machine): Promise<Tool> {
  return program.examine?.(machine) ?? findOnPath(program.name, machine);
}

async function findOnPath(name: string, machine: Machine): Promise<Tool> {
  const path = machine.find(name);
  if (path === undefined) return {};
  const version = await machine.versionOf(path);
  return version === undefined ? { path } : { path, version };
}
