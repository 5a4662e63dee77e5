import type { Disturbance, Disturbed, Link, World } from "../core/mod.ts";
import { linkData, type FaultData } from "./fault-data.ts";
import type { Fault } from "./fault.ts";

/** The selector that means the load generator and the readers. */
const clients = "clients";

/** What makes one link go wrong. */
type DisturbLink = (world: World, link: Link) => Promise<Disturbed>;

/**
 * A fault on the links from what the selector means to one server; the selector `clients` means the clients of a
 * gateway. It is in force when every link is disturbed.
 *
 * Heal ends the disturbances.
 *
 * @param server - `redis`, `nats`, or, for clients, a gateway's id
 */
export function linkFault(disturbance: Disturbance, selector: string, server: string): Fault {
  const data = linkData(selector, server, disturbance);
  return {
    ...faultOfLinks({ ...data, to: server }, (world, link) => world.disturb(link, disturbance)),
    ...(disturbance.kind === "delay" ? { delayMs: disturbance.ms } : {}),
  };
}

/** A fault on the links that its data name, by whatever makes one of them go wrong. */
export function faultOfLinks(data: FaultData & { readonly to: string }, disturb: DisturbLink): Fault {
  const { action, selector, to } = data;
  const isFromClients = selector === clients;
  return {
    ...{ action, selector, to, data },
    needsLinks: true,
    ...(isFromClients ? { untargeted: true } : {}),
    async strike(world, targets, _signal, sprung) {
      const ends = isFromClients ? [clients] : targets;
      const disturbed = await disturbAll(ends.map((from) => disturb(world, { from, to })));
      for (const end of ends) sprung(end);
      return () => healAll(disturbed);
    },
  };
}

/** All of them or none: what was disturbed before one failed is healed. */
async function disturbAll(disturbing: readonly Promise<Disturbed>[]): Promise<Disturbed[]> {
  const outcomes = await Promise.allSettled(disturbing);
  const disturbed = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (!failed) return disturbed;
  await healAll(disturbed);
  throw failed.reason;
}

async function healAll(disturbed: readonly Disturbed[]): Promise<void> {
  await Promise.all(disturbed.map((each) => each.heal()));
}
