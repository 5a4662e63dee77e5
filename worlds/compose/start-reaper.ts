import { spawn } from "node:child_process";
import { once } from "node:events";

import { EnvironmentError } from "../../core/mod.ts";
import { entryPath } from "../local/entry-path.ts";

/** The harness's end of its reaper. */
export interface ProjectReaper {
  /** Everything is taken down: the reaper exits and touches nothing. */
  done(): Promise<void>;
}

const exitWithinMs = 5_000;

/**
 * Starts the process that removes a project and a folder when this one dies.
 *
 * @throws EnvironmentError `reaper_not_started` when no process can be started.
 */
export async function startProjectReaper(project: string, dataFolder: string): Promise<ProjectReaper> {
  const child = spawn(process.execPath, [entryPath("reaper", import.meta.url), project, dataFolder], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  // Its own death shows when it is told something; nothing that runs depends on it.
  child.stdin.on("error", () => undefined);
  try {
    await once(child, "spawn");
  } catch (thrown) {
    throw new EnvironmentError("reaper_not_started", "Cannot start a process", "free some memory or processes", thrown);
  }
  child.unref();
  return {
    async done() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      // It never kept the harness alive until now; this wait must.
      child.ref();
      const exited = once(child, "exit", { signal: AbortSignal.timeout(exitWithinMs) });
      child.stdin.end("done\n");
      await exited;
    },
  };
}
