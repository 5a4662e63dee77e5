import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import type { Writable } from "node:stream";

import { EnvironmentError } from "../../core/mod.ts";
import { entryPath } from "./entry-path.ts";
import { beatEveryMs, type Lease } from "./leases.ts";
import { startTimeOf } from "./process-identity.ts";
import type { ReaperOrder } from "./reaper.ts";

/** The harness's end of its reaper. */
export interface Reaper {
  readonly pid: number;
  /** From now on, this process must not outlive the harness. */
  readonly watch: (pid: number) => void;
  /** The process has exited: its pid means nothing any more. */
  readonly forget: (pid: number) => void;
  /**
   * From now on, until the lease is ended, the reaper heals this should the harness give no sign of life for 3 s.
   * Ending it twice is ending it once.
   */
  lease(heal: Lease): () => void;
  /** Whether it ever came to that: what this process believes to be broken was not, for a while. */
  lapsed(): boolean;
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
    stdio: ["pipe", "pipe", "ignore"],
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
  // A pipe to a child is a socket, which Node's types do not say. It must not keep the harness alive either.
  (child.stdout as Socket).unref();
  return reaperOf(child, child.stdin, child.stdout);
}

function reaperOf(child: ChildProcess, pipe: Writable, reports: NodeJS.ReadableStream): Reaper {
  const tell = (order: ReaperOrder): void => void pipe.write(`${JSON.stringify(order)}\n`);
  const leases = tellLeases(tell);
  let lapsed = false;
  reports.on("data", () => (lapsed = true));
  return {
    pid: child.pid!,
    watch(pid) {
      const startTime = startTimeOf(pid);
      tell(startTime === undefined ? { watch: pid } : { watch: pid, startTime });
    },
    forget: (pid) => tell({ forget: pid }),
    lease: leases.begin,
    lapsed: () => lapsed,
    async done() {
      leases.close();
      if (child.exitCode !== null || child.signalCode !== null) return;
      // It never kept the harness alive until now; this wait must.
      child.ref();
      const exited = once(child, "exit", { signal: AbortSignal.timeout(exitWithinMs) });
      pipe.end(`${JSON.stringify({ done: true } satisfies ReaperOrder)}\n`);
      await exited;
    },
  };
}

/** Signs of life, for as long as there is a lease. */
function tellLeases(tell: (order: ReaperOrder) => void): { begin: Reaper["lease"]; close(): void } {
  const inForce = new Set<number>();
  let lastId = 0;
  let beats: NodeJS.Timeout | undefined;
  const close = (): void => clearInterval(beats);
  return {
    begin(heal) {
      const id = ++lastId;
      tell({ lease: id, heal });
      if (inForce.size === 0) beats = setInterval(() => tell({ beat: true }), beatEveryMs).unref();
      inForce.add(id);
      return () => {
        if (!inForce.delete(id)) return;
        tell({ endLease: id });
        if (inForce.size === 0) close();
      };
    },
    close,
  };
}
