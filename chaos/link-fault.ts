import type { Disturbance, Disturbed, Link, World } from "../core/mod.ts";
import { linkData } from "./fault-data.ts";
import type { Fault } from "./fault.ts";

/** The selector that means the load generator and the readers. */
const clients = "clients";

/**
 * A fault on the links from what the selector means to one server; the selector `clients` means the clients of a
 * gateway. It is in force when every link is disturbed.
 *
 * Heal ends the disturbances.
 *
 * @param server - `redis`, `nats`, or, for clients, a gateway's id
 */
export function linkFault(disturbance: Disturbance, selector: string, server: string): Fault {
  const isFromClients = selector === clients;
  return {
    action: disturbance.kind,
    selector,
    to: server,
    needsLinks: true,
    data: linkData(selector, server, disturbance),
    ...(disturbance.kind === "delay" ? { delayMs: disturbance.ms } : {}),
    ...(isFromClients ? { untargeted: true } : {}),
    async strike(world, targets, _signal, sprung) {
      const ends = isFromClients ? [clients] : targets;
      const links = ends.map((from) => ({ from, to: server }));
      const disturbed = await disturbAll(world, links, disturbance);
      for (const end of ends) sprung(end);
      return () => healAll(disturbed);
    },
  };
}

/** All of them or none: what was disturbed before one failed is healed. */
async function disturbAll(world: World, links: readonly Link[], disturbance: Disturbance): Promise<Disturbed[]> {
  const outcomes = await Promise.allSettled(links.map((link) => world.disturb(link, disturbance)));
  const disturbed = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (!failed) return disturbed;
  await healAll(disturbed);
  throw failed.reason;
}

async function healAll(disturbed: readonly Disturbed[]): Promise<void> {
  await Promise.all(disturbed.map((each) => each.heal()));
}
