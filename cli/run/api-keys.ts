import type { Random } from "../../core/mod.ts";
import type { Load } from "../../loadgen/mod.ts";

/** One API key for each client of a scenario, and one for the harness's own reads. */
export interface ApiKeys {
  /** The value of CORDUM_API_KEYS. */
  readonly variable: string;
  /** @throws Error for a client that no load names: a bug. */
  keyOf(client: string): string;
}

/** Who makes the final reads and probes. */
export const harnessClient = "harness";

/** More than any run sends: in effect no limit. */
const unlimitedPerSecond = 1_000_000;

/** Makes up the keys of a run. They live as long as it does. */
export function makeApiKeys(loads: readonly Load[], random: Random): ApiKeys {
  const limits = new Map([[harnessClient, unlimitedPerSecond]]);
  for (const load of loads) limits.set(load.client ?? "load", load.limitPerSecond ?? unlimitedPerSecond);
  const keys = new Map([...limits.keys()].map((client) => [client, random.id().replaceAll("-", "")]));
  return {
    variable: [...limits].map(([client, limit]) => `${keys.get(client)}:${client}:${limit}`).join(","),
    keyOf(client) {
      const key = keys.get(client);
      if (key === undefined) throw new Error(`no API key for client ${client}`);
      return key;
    },
  };
}
