import type { Kernel, Realm } from "../../../sim/mod.ts";

/** A realm for one life of a server. An engine that throws has a bug: that ends the run, and is no fault to survive. */
export function serverRealm(kernel: Kernel, name: string, life: number): Realm {
  const realm = kernel.realm(name, life);
  realm.onDeath(({ why, error }) => {
    if (why === "crashed") kernel.fail(error);
  });
  return realm;
}
