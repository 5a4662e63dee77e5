import type { FaultData } from "../../../chaos/mod.ts";
import type { Random } from "../../../core/mod.ts";
import type { PlannedFaultData } from "../../recipe/recipe.ts";
import { logUniform, oneOf, rounded } from "./draw.ts";
import type { Ground } from "./draw-faults.ts";

/** In so many recipes a server is struck. */
const chance = 0.3;
/** How long a server that is restarted is away. */
const downMs = [100, 10_000] as const;
/** Both faults end by themselves: heal waits for a server that is not back by then. */
const healAfterMs = 15_000;

/**
 * Now and then one fault of a server itself, of those after which all that the plane promises still holds: the store
 * loses nothing that it has acknowledged. None where the scenario strikes a server already.
 */
export function drawServerFaults(random: Random, { faults, loadsLastMs, pace }: Ground): PlannedFaultData[] {
  if (random.next() >= chance || faults.some(({ fault }) => strikesServer(fault))) return [];
  const down = `${rounded(logUniform(random, ...downMs) * pace)}ms`;
  const fault = oneOf<FaultData>(random, [
    { action: "loseLeader", selector: "nats" },
    { action: "restartServer", selector: "nats", options: { down } },
    { action: "restartServer", selector: "redis", options: { down, keepsData: true } },
  ]);
  const atMs = Math.round(random.next() * loadsLastMs);
  return [{ fault, atMs, healAfterMs: Math.round(healAfterMs * pace) }];
}

/** Whether a fault is one of a server itself, and not of the way to it. */
export function strikesServer({ selector }: FaultData): boolean {
  return selector === "redis" || selector === "nats";
}
