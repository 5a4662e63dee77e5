import type { Role } from "../../../core/mod.ts";

const serviceOfRole: Readonly<Record<Role, string>> = {
  gateway: "api-gateway",
  scheduler: "scheduler",
  workflow: "workflow-engine",
  worker: "worker",
};

/** The service that runs a replica: `api-gateway` is `gateway-1`, and `api-gateway-2` is `gateway-2`. */
export function serviceOf(role: Role, number: number): string {
  return number === 1 ? serviceOfRole[role] : `${serviceOfRole[role]}-${number}`;
}

/** The number in a replica's id: 2 in `gateway-2`. */
export function numberOf(id: string): number {
  return Number(id.slice(id.lastIndexOf("-") + 1));
}
