import { readdirSync, readFileSync, readlinkSync } from "node:fs";

import { isRunning } from "../process-identity.ts";

/** Pids of all live processes that work in this folder or were told of it: whatever a world there has started. */
export function processesOf(folder: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && isRunning(pid, undefined) && mentions(pid, folder));
}

function mentions(pid: number, folder: string): boolean {
  const texts = [
    () => readFileSync(`/proc/${pid}/cmdline`, "utf8"),
    () => readFileSync(`/proc/${pid}/environ`, "utf8"),
    () => readlinkSync(`/proc/${pid}/cwd`),
  ];
  return texts.some((text) => orNothing(text).includes(folder));
}

function orNothing(read: () => string): string {
  try {
    return read();
  } catch {
    // It exited since the folder was listed, or is somebody else's.
    return "";
  }
}
