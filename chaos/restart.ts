import type { Fault } from "./fault.ts";
import { restartExited } from "./revive.ts";

/**
 * SIGTERM, and started again as soon as it has exited, as in a rolling update. The fault is in force when it has
 * exited.
 *
 * Heal waits until it is ready.
 */
export function restart(selector: string): Fault {
  return {
    action: "restart",
    selector,
    data: { action: "restart", selector },
    async strike(world, targets) {
      await Promise.all(targets.map((id) => world.stop(id)));
      const ready = restartExited(world, targets);
      // Heal hears of a failure, whenever it comes to ask.
      ready.catch(() => undefined);
      return () => ready;
    },
  };
}
