import type { Fault } from "./fault.ts";
import { restartExited } from "./revive.ts";

/**
 * SIGKILL: the replica is gone in mid-instruction, and its locks and leases stay until they run out.
 *
 * Heal starts it again under its old id and address.
 */
export function kill(selector: string): Fault {
  return {
    action: "kill",
    selector,
    data: { action: "kill", selector },
    async strike(world, targets) {
      await Promise.all(targets.map((id) => world.kill(id)));
      return () => restartExited(world, targets);
    },
  };
}
