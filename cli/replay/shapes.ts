import type { FaultData } from "../../chaos/mod.ts";
import type { Cluster } from "../../core/mod.ts";
import type { Arrivals } from "../../loadgen/mod.ts";
import { quietConditions, type SimConditions } from "../../worlds/sim/conditions.ts";
import type { PlannedFaultData } from "../recipe/recipe.ts";

/** What `JSON.parse` makes of an object. */
export type Fields = Readonly<Record<string, unknown>>;

/** Names that may stand in each part of a recipe: any other would have no effect, and nobody would notice. */
export const knownNames: Readonly<Record<string, readonly string[]>> = {
  recipe: [
    ...["scenario", "seed", "tuningName", "tuning", "settings", "without", "pace", "cluster", "conditions"],
    ...["loadFactor", "loads", "faults", "swept"],
  ],
  cluster: ["gateways", "schedulers", "workflows", "workers"],
  conditions: [...Object.keys(quietConditions), "redisReplica"],
  latency: Object.keys(quietConditions.latency),
};

const replicasMax = 100;
const operationsMax = 10_000_000;

/** An object, and no list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Any text, also an empty one. */
export function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** A number above zero. */
export function isPositive(value: unknown): value is number {
  return isNumber(value) && value > 0;
}

/** Workflow engines may be missing; of every other role the number is said. */
export function isCluster(value: unknown): value is Cluster {
  const isSize = (count: unknown): boolean => isCount(count) && count <= replicasMax;
  if (!isFields(value) || !Object.values(value).every(isSize)) return false;
  return ["gateways", "schedulers", "workers"].every((roles) => roles in value);
}

/** Shares from 0 to less than 1, times from 0, and latencies that are in order. */
export function isConditions(value: unknown): value is SimConditions {
  if (!isFields(value) || !isLatency(value["latency"])) return false;
  const { loss, retransmitMs, duplication, skewMaxMs, driftMax, redisReplica } = value;
  const areShares = [loss, duplication, driftMax].every((share) => isTime(share) && share < 1);
  const isReplica = redisReplica === undefined || typeof redisReplica === "boolean";
  return areShares && isPositive(retransmitMs) && isTime(skewMaxMs) && isReplica;
}

function isLatency(value: unknown): boolean {
  if (!isFields(value)) return false;
  const { minMs, meanMs, maxMs } = value;
  return isTime(minMs) && isTime(meanMs) && isTime(maxMs) && minMs <= meanMs && meanMs <= maxMs;
}

/** One of the three shapes, with what belongs to it and nothing else. */
export function isArrivals(value: unknown): value is Arrivals {
  if (!isFields(value)) return false;
  const { shape, rate, count, offsetsMs, countEach } = value;
  const has = (...names: string[]): boolean => Object.keys(value).every((name) => names.includes(name));
  if (shape === "burst") {
    return isListOf(isNumber)(offsetsMs) && isOperations(countEach) && has("shape", "offsetsMs", "countEach");
  }
  const isShape = shape === "uniform" || shape === "poisson";
  return isShape && isRate(rate) && isOperations(count) && has("shape", "rate", "count");
}

function isRate(value: unknown): boolean {
  return isText(value) && /^\d+(\.\d+)?\/s$/.test(value) && Number.parseFloat(value) > 0;
}

/** A fault with its hour. Whether there is such a fault, `faultFromData` says. */
export function isPlannedFault(value: unknown): value is PlannedFaultData {
  if (!isFields(value) || !isFields(value["fault"])) return false;
  const { atMs, healAfterMs } = value;
  const { action, selector } = value["fault"] as unknown as FaultData;
  return isText(action) && isText(selector) && isTime(atMs) && (healAfterMs === undefined || isTime(healAfterMs));
}

/** An object with such values. */
export function isTableOf<Value>(fits: (value: unknown) => value is Value) {
  return (value: unknown): value is Record<string, Value> => isFields(value) && Object.values(value).every(fits);
}

/** A list of such values. */
export function isListOf<Value>(fits: (value: unknown) => value is Value) {
  return (value: unknown): value is Value[] => Array.isArray(value) && value.every(fits);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isTime(value: unknown): value is number {
  return isNumber(value) && value >= 0;
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

function isOperations(value: unknown): value is number {
  return isCount(value) && value <= operationsMax;
}
