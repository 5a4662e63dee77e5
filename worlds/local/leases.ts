import { isRunning } from "./process-identity.ts";

/** How to heal what is broken on purpose. */
export type Lease =
  /** The API of a Toxiproxy: everything there is taken back. */
  | { readonly reset: string }
  /** A process that was paused. */
  | { readonly wake: number; readonly startTime?: string };

/** What must be healed if the harness gives no sign of life. */
export interface Leases {
  begin(id: number, lease: Lease): void;
  end(id: number): void;
  /** The harness gave a sign of life. */
  heard(): void;
  close(): void;
}

/** How often the harness gives a sign of life, at least, while there are leases. */
export const beatEveryMs = 500;

const tickMs = 500;
/** 3 s. A harness that stands still for so long has missed its own schedule anyway. */
const silentTicksMax = 6;
const answerWithinMs = 2_000;

/**
 * Watches over leases, and heals them all when the harness has been silent for 3 s.
 *
 * Silence is counted in turns of this process's own event loop: when the whole machine stood still, the harness is
 * not to blame.
 *
 * @param onLapse - called when leases have been healed in the harness's place
 */
export function watchLeases(onLapse: () => void): Leases {
  const leases = new Map<number, Lease>();
  let silentTicks = 0;
  const tick = (): void => {
    silentTicks += 1;
    if (leases.size === 0 || silentTicks < silentTicksMax) return;
    const lapsed = [...leases.values()];
    leases.clear();
    void Promise.all(lapsed.map(heal)).then(onLapse);
  };
  const timer = setInterval(tick, tickMs);
  return {
    begin: (id, lease) => void leases.set(id, lease),
    end: (id) => void leases.delete(id),
    heard: () => void (silentTicks = 0),
    close: () => clearInterval(timer),
  };
}

/** What cannot be healed is gone, or goes with the harness. */
async function heal(lease: Lease): Promise<void> {
  try {
    if ("reset" in lease) {
      await fetch(`${lease.reset}/reset`, { method: "POST", signal: AbortSignal.timeout(answerWithinMs) });
    } else if (isRunning(lease.wake, lease.startTime)) process.kill(lease.wake, "SIGCONT");
  } catch {
    // Toxiproxy has died, or the process has: there is nothing to heal any more.
  }
}
