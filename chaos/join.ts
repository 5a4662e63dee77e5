import type { Role } from "../core/mod.ts";
import type { Fault } from "./fault.ts";

/** One more replica of a role joins under load. Heal leaves it there. */
export function join(role: Role): Fault {
  return {
    action: "join",
    selector: role,
    untargeted: true,
    data: { action: "join", selector: role },
    async strike(world, _targets, _signal, sprung) {
      sprung(await world.join(role));
      return () => Promise.resolve();
    },
  };
}
