import type { FaultData } from "../../../chaos/mod.ts";
import type { Cluster, Role } from "../../../core/mod.ts";

/** How a cluster counts the replicas of each role. */
export const countNames = {
  gateway: "gateways",
  scheduler: "schedulers",
  workflow: "workflows",
  worker: "workers",
} as const satisfies Record<Role, keyof Cluster>;

/** Every role there is. */
export const roles: readonly Role[] = ["gateway", "scheduler", "workflow", "worker"];

/** How many replicas of a role a cluster has. */
export function countOf(cluster: Cluster, role: Role): number {
  return cluster[countNames[role]] ?? 0;
}

/** The role that a fault is about, and the number of its replica where it names one. */
export interface Aim {
  readonly role: Role;
  readonly number?: number;
}

/** What a fault aims at: `gateway-2` for the link between the clients and it. Nothing when it is no replica. */
export function aimOf({ selector, to }: FaultData): Aim | undefined {
  const aim = selector === "clients" ? (to ?? "") : selector;
  const [, name, number] = /^([a-z]+)(?:-(\d+)|\.\w+)?$/.exec(aim) ?? [];
  const role = roles.find((each) => each === name);
  if (!role) return undefined;
  return number === undefined ? { role } : { role, number: Number(number) };
}
