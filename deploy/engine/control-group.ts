import { existsSync, mkdirSync, readdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = "/sys/fs/cgroup";

/** As much as ten processes outside: a trial has about that many containers. */
const weights = { "cpu.shares": "10240", "cpu.weight": "1000" } as const;

/**
 * Makes a control group for all containers of an engine. Without a weight of its own, all of them together would get
 * the processor's time of one process outside: a busy machine would starve them.
 *
 * @param name - `/seatrial-x`, as dockerd's `--cgroup-parent` takes it
 */
export function makeControlGroup(name: string): void {
  for (const hierarchy of hierarchies().filter((path) => path === root || path === join(root, "cpu"))) {
    const group = join(hierarchy, name);
    mkdirSync(group, { recursive: true });
    for (const [file, weight] of Object.entries(weights)) {
      if (existsSync(join(group, file))) writeFileSync(join(group, file), weight);
    }
  }
}

/** Removes the control group, once nothing runs in it. */
export function removeControlGroup(name: string): void {
  for (const hierarchy of hierarchies()) removeGroup(join(hierarchy, name));
}

/** Those of containers that were killed may still be below it. */
function removeGroup(path: string): void {
  if (!existsSync(path)) return;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) removeGroup(join(path, entry.name));
  }
  rmdirSync(path);
}

/** One for each controller in the first version of control groups, and a single one in the second. */
function hierarchies(): string[] {
  if (!existsSync(root)) return [];
  if (existsSync(join(root, "cgroup.controllers"))) return [root];
  const each = readdirSync(root).map((name) => join(root, name));
  return each.filter((path) => existsSync(join(path, "cgroup.procs")));
}
