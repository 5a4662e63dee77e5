import type { Way } from "../core/mod.ts";
import type { Fault } from "./fault.ts";
import { faultOfLinks } from "./link-fault.ts";
import { onlySimulated } from "./only-simulated.ts";

/** Which direction of a link a partition is about. */
export interface PartitionOptions {
  /** `there` is what goes to the server, or to a gateway from its clients; `back` is what comes from it. */
  readonly way: Way;
}

/**
 * No packet passes one way, and nobody is told: `partition("scheduler.leader", "redis", { way: "back" })`. Connections
 * stay, and new ones open only after it. Only in a simulated world.
 *
 * Heal lets packets pass again: what TCP still has comes with its next retransmission, and no connection is closed.
 */
export function partition(selector: string, server: string, { way }: PartitionOptions): Fault {
  return {
    ...faultOfLinks({ action: "partition", selector, to: server, options: { way } }, async (world, link) => {
      if (world.partition) return world.partition(link, way);
      throw onlySimulated("partition");
    }),
    needsSimulation: true,
  };
}
