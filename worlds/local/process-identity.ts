import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/**
 * When a process started, in clock ticks since boot: together with the pid it names one process for good, since pids
 * come back. Nothing when it is gone, or when the system has no /proc.
 */
export function startTimeOf(pid: number): string | undefined {
  return statFields(pid)?.[19];
}

/** Whether the process has been stopped by a signal. False where the system has no /proc. */
export function isStopped(pid: number): boolean {
  return statFields(pid)?.[0] === "T";
}

/**
 * Resolves when a process that has been told to stop does, since a SIGCONT that comes before the SIGSTOP wakes nobody;
 * at the latest after 5 s. Where the system has no /proc it is taken to have done so after 100 ms.
 */
export async function untilStopped(pid: number): Promise<void> {
  if (startTimeOf(process.pid) === undefined) return delay(100);
  const deadline = performance.now() + 5_000;
  while (!isStopped(pid) && isRunning(pid, undefined) && performance.now() < deadline) await delay(1);
}

/**
 * Whether the very process still runs. One that is dead and only waits to be collected does not.
 *
 * @param startTime - from {@link startTimeOf}; without it, whoever has the pid now is taken for the process
 */
export function isRunning(pid: number, startTime: string | undefined): boolean {
  const fields = statFields(pid);
  if (fields) return fields[0] !== "Z" && fields[0] !== "X" && (startTime === undefined || fields[19] === startTime);
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // No such process, or somebody else's: either way not ours any more.
    return false;
  }
}

/** The fields of /proc/<pid>/stat from the third (state) on. The second may hold spaces, and ends with `)`. */
function statFields(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    // The process is gone, or this system has no /proc.
    return undefined;
  }
}
