import { UsageError, type ServerFault } from "../core/mod.ts";
import type { FaultData } from "./fault-data.ts";
import type { Fault } from "./fault.ts";

/** A fault of a server itself. No replica is its target, but the server is. */
export function serverFault(fault: ServerFault, options?: FaultData["options"]): Fault {
  const { kind: action, server } = fault;
  return {
    action,
    selector: server,
    untargeted: true,
    needsServers: true,
    ...(action === "failOver" || action === "sleepPrimary" ? { needsReplica: true } : {}),
    data: { action, selector: server, ...(options ? { options } : {}) },
    async strike(world, _targets, _signal, sprung) {
      if (!world.strikeServer) throw notThere(action, server);
      const struck = await world.strikeServer(fault);
      sprung(server);
      return () => struck.heal();
    },
  };
}

function notThere(action: string, server: string): UsageError {
  return new UsageError(`${server} itself cannot be struck in this world (${action})`, "use --world sim");
}
