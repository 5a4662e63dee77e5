import type { World } from "../core/mod.ts";
import type { Fault } from "./fault.ts";
import { restartExited } from "./revive.ts";
import { trapAt, trapFault, type TrapOptions } from "./trap-fault.ts";

/**
 * The replica is told to stop at a call, with that call in hand:
 * `terminateAt("worker-1", "bus.deliver:worker.worker-1.jobs", { nth: 20 })`.
 *
 * Heal takes the trap away, waits for the exit of a replica that was caught, and starts it again.
 */
export function terminateAt(selector: string, call: string, options: TrapOptions = {}): Fault {
  return trapFault("terminate", selector, trapAt(call, "stop", options), async (world, caught) => {
    await awaitStop(world, caught);
    await restartExited(world, caught);
  });
}

/** A second SIGTERM changes nothing for a replica that is stopping, and the world sees to it that it ends. */
async function awaitStop(world: World, ids: readonly string[]): Promise<void> {
  const stopping = world.replicas().filter((replica) => ids.includes(replica.id) && replica.state !== "exited");
  await Promise.all(stopping.map((replica) => world.stop(replica.id)));
}
