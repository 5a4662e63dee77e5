import { UsageError, type WorldKind } from "../../core/mod.ts";
import type { Scenario } from "../../scenarios/mod.ts";

/**
 * Nobody inside a container hears of traps, and some faults are for simulated servers, networks and clocks only.
 *
 * @throws UsageError when the scenario has a fault that its world cannot do.
 */
export function assertPossible(name: string, { faults }: Pick<Scenario, "faults">, world: WorldKind): void {
  if (world !== "sim") assertUnsimulated(name, faults);
  const trap = faults.find(({ fault }) => fault.needsTraps === true)?.fault;
  if (world !== "compose" || !trap) return;
  throw new UsageError(
    `${name} needs a trap inside ${trap.selector} (${trap.action}), and none can be set with --world ${world}`,
    "use --world local",
  );
}

function assertUnsimulated(name: string, faults: Scenario["faults"]): void {
  const struck = faults.find(({ fault }) => fault.needsServers === true)?.fault;
  if (struck) {
    throw new UsageError(
      `${name} strikes ${struck.selector} itself (${struck.action}), which only a simulated world can do`,
      "use --world sim",
    );
  }
  const simulated = faults.find(({ fault }) => fault.needsSimulation === true)?.fault;
  if (!simulated) return;
  throw new UsageError(
    `${name} has a fault that only a simulated world can do: ${simulated.action} ${simulated.selector}`,
    "use --world sim",
  );
}
