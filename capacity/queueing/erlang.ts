import { requireNotNegative, requireWhole } from "../figures.ts";

/**
 * Erlang's loss formula: the share of arrivals that find every server busy, where none waits.
 *
 * By the recursion B(0) = 1, B(k) = a·B(k−1) / (k + a·B(k−1)), which stays within [0, 1] at each step: no factorial
 * overflows, whatever the number of servers.
 *
 * @param offeredLoad a = arrival rate × mean service time, in erlangs.
 * @throws UsageError
 */
export function erlangB(servers: number, offeredLoad: number): number {
  requireWhole({ servers });
  requireNotNegative({ offeredLoad });
  let blocked = 1;
  for (let server = 1; server <= servers; server++) {
    blocked = (offeredLoad * blocked) / (server + offeredLoad * blocked);
  }
  return blocked;
}

/**
 * Erlang's delay formula: the share of arrivals that have to wait, C = B / (1 − ρ(1 − B)).
 *
 * Where the load is all that the servers can do, or more, everyone waits: 1.
 *
 * @throws UsageError
 */
export function erlangC(servers: number, offeredLoad: number): number {
  const blocked = erlangB(servers, offeredLoad);
  const utilisation = offeredLoad / servers;
  return utilisation >= 1 ? 1 : blocked / (1 - utilisation * (1 - blocked));
}
