import { thisMachine, type Machine } from "./machine.ts";
import { serverPrograms, type Tool } from "./tool.ts";

/** Looks for the servers: on PATH, in the folders that PATH may leave out, and in `.seatrial/bin`. */
export function examineServers(machine: Machine = thisMachine()): Promise<Tool[]> {
  return Promise.all(serverPrograms.map(({ name }) => examine(name, machine)));
}

/** Where a program is, and which version. */
export async function examine(name: string, machine: Machine): Promise<Tool> {
  const path = machine.find(name);
  if (path === undefined) return { name };
  const version = await machine.versionOf(path);
  return version === undefined ? { name, path } : { name, path, version };
}
