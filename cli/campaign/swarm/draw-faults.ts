import type { FaultData } from "../../../chaos/mod.ts";
import type { Cluster, Random, Role } from "../../../core/mod.ts";
import type { PlannedFaultData } from "../../recipe/recipe.ts";
import { between, logUniform, oneOf, rounded, wholeBetween } from "./draw.ts";
import { aimOf, countOf, roles } from "./roles.ts";

/** What faults are drawn for. */
export interface Ground {
  readonly cluster: Cluster;
  /** The scenario's own. */
  readonly faults: readonly PlannedFaultData[];
  readonly loadsLastMs: number;
  /** Times, as a multiple of the documented ones. */
  readonly pace: number;
}

/** When a role lacks somebody. */
interface Window {
  readonly role: Role;
  readonly fromMs: number;
  readonly toMs: number;
}

const dropChance = 0.25;
const addedAtMost = 4;
const tries = 10;
/** After a fault its replica starts again, and finds its leases, before the role is struck again. */
const restMs = 30_000;
const outageMs = [500, 90_000] as const;

/**
 * Some of the scenario's faults, all earlier or all later, so that what they do together stays. A replica that is to
 * join joins: there may be no other of its role.
 */
export function drawOwnFaults(random: Random, faults: readonly PlannedFaultData[]): PlannedFaultData[] {
  const stretch = between(random, 0.5, 1.5);
  const kept = faults.filter(({ fault }) => random.next() >= dropChance || fault.action === "join");
  return kept.map(({ fault, atMs, healAfterMs }) => ({
    fault,
    atMs: Math.round(atMs * stretch),
    ...(healAfterMs === undefined ? {} : { healAfterMs: Math.round(healAfterMs * stretch) }),
  }));
}

/** Without traps that would be set when the loads are over: nobody might make the call any more. */
export function trapsUnderLoad(faults: readonly PlannedFaultData[], lastMs: number): PlannedFaultData[] {
  return faults.filter(({ fault, atMs }) => fault.call === undefined || atMs < lastMs);
}

/**
 * Up to four faults more, each healed. While one strikes a role, no other does: of the replicas of a role one is out of
 * order at a time, and a role with one replica has none that are added.
 */
export function drawAddedFaults(random: Random, ground: Ground): PlannedFaultData[] {
  const busy = ground.faults.flatMap(windowOf);
  const added: PlannedFaultData[] = [];
  for (let left = wholeBetween(random, 0, addedAtMost); left > 0; left--) {
    const found = drawFault(random, ground, busy);
    if (found) added.push(found);
    busy.push(...(found ? windowOf(found) : []));
  }
  return added;
}

function drawFault(random: Random, ground: Ground, busy: readonly Window[]): PlannedFaultData | undefined {
  const [first, ...others] = roles.filter((role) => countOf(ground.cluster, role) >= 2);
  if (!first) return undefined;
  for (let attempt = 0; attempt < tries; attempt++) {
    const role = oneOf(random, [first, ...others]);
    const drawn: PlannedFaultData = {
      fault: drawKind(random, role, wholeBetween(random, 1, countOf(ground.cluster, role))),
      atMs: Math.round(random.next() * ground.loadsLastMs),
      healAfterMs: Math.round(logUniform(random, ...outageMs) * ground.pace),
    };
    if (windowOf(drawn).every((window) => busy.every((other) => !overlap(window, other, ground.pace)))) return drawn;
  }
  return undefined;
}

/** Something for a replica, its clock, or one of its links. */
function drawKind(random: Random, role: Role, number: number): FaultData {
  const replica = `${role}-${number}`;
  const server = oneOf(random, ["redis", "nats"]);
  const [selector, to] = role === "gateway" && random.next() < 0.3 ? ["clients", replica] : [replica, server];
  const link = { selector, to };
  const ms = (least: number, most: number): string => `${rounded(logUniform(random, least, most))}ms`;
  return oneOf<() => FaultData>(random, [
    () => ({ action: "kill", selector: replica }),
    () => ({ action: "pause", selector: replica }),
    () => ({ action: "restart", selector: replica }),
    () => ({ action: "terminate", selector: replica }),
    () => ({ action: "cut", ...link }),
    () => ({ action: "blackhole", ...link }),
    () => ({ action: "reset", ...link }),
    () => ({ action: "loseReply", ...link }),
    () => ({ action: "delay", ...link, options: { by: ms(5, 2_000), jitter: ms(1, 5) } }),
    () => ({ action: "partition", ...link, options: { way: oneOf(random, ["there", "back"]) } }),
    () => ({ action: "clockJump", selector: replica, options: { by: ms(10, 10_000) } }),
    () => ({ action: "throttle", ...link, options: { rate: `${wholeBetween(random, 2, 200)}KB/s` } }),
  ])();
}

/** Faults that heal only at the end of the run have no end here. */
function windowOf({ fault, atMs, healAfterMs = Infinity }: PlannedFaultData): Window[] {
  const role = aimOf(fault)?.role;
  return role && fault.action !== "join" ? [{ role, fromMs: atMs, toMs: atMs + healAfterMs }] : [];
}

function overlap(one: Window, other: Window, pace: number): boolean {
  const rest = restMs * pace;
  return one.role === other.role && one.fromMs < other.toMs + rest && other.fromMs < one.toMs + rest;
}
