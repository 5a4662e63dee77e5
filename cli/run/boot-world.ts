import type { TrialWorld, WorldKind } from "../../core/mod.ts";
import { bootComposeWorld } from "../../worlds/compose/mod.ts";
import { bootLocalWorld } from "../../worlds/local/mod.ts";

/** What every kind of world is booted with. */
export type BootOptions = Parameters<typeof bootLocalWorld>[0];

/** Boots a plane in a world of this kind. */
export function bootWorld(kind: WorldKind, options: BootOptions): Promise<TrialWorld> {
  switch (kind) {
    case "local":
      return bootLocalWorld(options);
    case "compose":
      return bootComposeWorld(options);
    case "sim":
      throw new Error("a simulated world is booted by simulateTrial, in virtual time");
  }
}
