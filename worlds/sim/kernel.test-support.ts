import { Kernel, makeNetwork, type Network } from "../../sim/mod.ts";
import { quietConditions, type SimConditions } from "./conditions.ts";
import { RealmNetwork } from "./replica/realm-network.ts";

/** What a test has of a simulation. */
export interface Bench {
  readonly kernel: Kernel;
  readonly network: Network;
  /** The network as code in a new realm of this name reaches it. */
  realmOf(name: string): RealmNetwork;
}

/** Runs a test in virtual time. */
export function simulated<Value>(
  test: (bench: Bench) => Promise<Value>,
  { seed = "1", conditions = {} }: { seed?: string; conditions?: Partial<SimConditions> } = {},
): Promise<Value> {
  const kernel = new Kernel({ seed, eventsMax: 1_000_000 });
  const network = makeNetwork(kernel, { ...quietConditions, ...conditions });
  return kernel.run(() =>
    test({
      kernel,
      network,
      realmOf: (name) => new RealmNetwork(kernel, network, { name, realm: kernel.realm(name) }),
    }),
  );
}
