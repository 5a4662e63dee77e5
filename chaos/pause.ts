import type { Fault } from "./fault.ts";
import { resumePaused } from "./revive.ts";

/**
 * SIGSTOP: the replica sleeps, as in a long garbage collection or on a frozen virtual machine. Its connections stay
 * open, and what it holds runs out behind its back.
 *
 * Heal wakes it; it goes on in mid-instruction, believing what it believed.
 */
export function pause(selector: string): Fault {
  return {
    action: "pause",
    selector,
    data: { action: "pause", selector },
    async strike(world, targets) {
      await Promise.all(targets.map((id) => world.pause(id)));
      return () => resumePaused(world, targets);
    },
  };
}
