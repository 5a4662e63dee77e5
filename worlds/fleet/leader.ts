import type { Replica } from "../../core/mod.ts";

/** The roles of which one replica leads. */
export type LeadingRole = (typeof leadingRoles)[number];

/** See {@link LeadingRole}. */
export const leadingRoles = ["scheduler", "workflow"] as const;

/** The lease whose holder is called the leader: the reconciler's. Its value begins with the holder's instance name. */
export const leaderKeys: Readonly<Record<LeadingRole, string>> = {
  scheduler: "cordum:reconciler:default",
  workflow: "cordum:workflow-engine:reconciler:default",
};

/**
 * Whose name is in a lease.
 *
 * @param holder - the lease's value
 */
export function holderAmong<Each extends Pick<Replica, "id">>(
  holder: string,
  replicas: readonly Each[],
): Each | undefined {
  return replicas.find(({ id }) => isNamedIn(holder, id));
}

/** `scheduler-1` must not answer for `scheduler-12`. */
function isNamedIn(holder: string, id: string): boolean {
  return holder.startsWith(id) && !/^\d/.test(holder.slice(id.length));
}
