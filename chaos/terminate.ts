import type { Fault } from "./fault.ts";
import { restartExited } from "./revive.ts";

/**
 * SIGTERM, as an orchestrator sends it: the replica may finish what it has in hand, within its shutdown budget.
 * The fault is in force when it has exited.
 *
 * Heal starts it again under its old id and address.
 */
export function terminate(selector: string): Fault {
  return {
    action: "terminate",
    selector,
    data: { action: "terminate", selector },
    async strike(world, targets) {
      await Promise.all(targets.map((id) => world.stop(id)));
      return () => restartExited(world, targets);
    },
  };
}
