import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Writable } from "node:stream";

import { EnvironmentError } from "../../core/mod.ts";
import { entryPath } from "./entry-path.ts";
import { startTimeOf } from "./process-identity.ts";
import type { ReaperOrder } from "./reaper.ts";

/** The harness's end of its reaper. */
export interface Reaper {
  readonly pid: number;
  /** From now on, this process must not outlive the harness. */
  readonly watch: (pid: number) => void;
  /** The process has exited: its pid means nothing any more. */
  readonly forget: (pid: number) => void;
  /** Everything is taken down: the reaper exits and touches nothing. */
  done(): Promise<void>;
}

const exitWithinMs = 5_000;

/**
 * Starts the process that cleans up when this one dies.
 *
 * @param dataFolder - removed by the reaper if it has to act
 * @throws EnvironmentError `reaper_not_started` when no process can be started.
 */
export async function startReaper(dataFolder: string): Promise<Reaper> {
  const child = spawn(process.execPath, [entryPath("reaper", import.meta.url), dataFolder], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    env: {},
  });
  // Its own death shows when it is told something; nothing that runs depends on it.
  child.stdin.on("error", () => undefined);
  try {
    await once(child, "spawn");
  } catch (thrown) {
    throw new EnvironmentError("reaper_not_started", "Cannot start a process", "free some memory or processes", thrown);
  }
  child.unref();
  return reaperOf(child, child.stdin);
}

function reaperOf(child: ChildProcess, pipe: Writable): Reaper {
  const tell = (order: ReaperOrder): void => void pipe.write(`${JSON.stringify(order)}\n`);
  return {
    pid: child.pid!,
    watch(pid) {
      const startTime = startTimeOf(pid);
      tell(startTime === undefined ? { watch: pid } : { watch: pid, startTime });
    },
    forget: (pid) => tell({ forget: pid }),
    async done() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      // It never kept the harness alive until now; this wait must.
      child.ref();
      const exited = once(child, "exit", { signal: AbortSignal.timeout(exitWithinMs) });
      pipe.end(`${JSON.stringify({ done: true } satisfies ReaperOrder)}\n`);
      await exited;
    },
  };
}
