import { rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

import { watchLeases, type Lease } from "./leases.ts";
import { linesOf } from "./lines.ts";
import { isRunning } from "./process-identity.ts";

/** What the harness tells its reaper, one JSON object a line. */
export type ReaperOrder =
  | { readonly watch: number; readonly startTime?: string }
  | { readonly forget: number }
  /** Something is broken on purpose, for as long as the harness is there to heal it. */
  | { readonly lease: number; readonly heal: Lease }
  | { readonly endLease: number }
  /** The harness is there. */
  | { readonly beat: true }
  /** Everything is taken down already. */
  | { readonly done: true };

/**
 * A process that outlives the harness by a moment. When the pipe from the harness ends, however the harness died, it
 * kills every process that the harness had started and not seen exit, and removes the data folder (its argument).
 *
 * While something is broken on purpose and the harness gives no sign of life, it heals that, and says `lapsed`.
 */
async function reap(dataFolder: string): Promise<void> {
  // Whoever signals a whole process group means the harness, and the pipe will tell of its end.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
  // A harness that is gone cannot be told anything.
  process.stdout.on("error", () => undefined);
  const watched = new Map<number, string | undefined>();
  const leases = watchLeases(() => process.stdout.write("lapsed\n"));
  for await (const line of linesOf(process.stdin)) {
    const order = JSON.parse(line) as ReaperOrder;
    leases.heard();
    if ("done" in order) return leases.close();
    if ("lease" in order) leases.begin(order.lease, order.heal);
    else if ("endLease" in order) leases.end(order.endLease);
    else if ("forget" in order) watched.delete(order.forget);
    else if ("watch" in order) watched.set(order.watch, order.startTime);
  }
  leases.close();
  for (const [pid, startTime] of watched) await killUntilGone(pid, startTime);
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 10 });
}

async function killUntilGone(pid: number, startTime: string | undefined): Promise<void> {
  if (isRunning(pid, startTime)) process.kill(pid, "SIGKILL");
  for (let tries = 0; tries < 500 && isRunning(pid, startTime); tries++) await delay(10);
}

const dataFolder = process.argv[2];
if (dataFolder === undefined) throw new Error("the reaper needs the data folder as its argument");
await reap(dataFolder);
