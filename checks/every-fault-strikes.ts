import type { FaultWindow } from "../core/mod.ts";
import { check, type Check } from "./check.ts";

/**
 * Every planned fault struck. One that did not, such as a trap on a call that nobody made, leaves whatever else was
 * examined without its meaning: the verdict is then `unknown`, and so the run is no proof.
 *
 * @param planned - how many faults the scenario has
 */
export function everyFaultStrikes(planned: number): Check {
  return check(
    "every fault strikes",
    ({ faults }) => Array.from({ length: planned }, (_, index) => faults[index]),
    (fault) => (fault?.struckAt === undefined ? { unexamined: `${nameOf(fault)} never struck` } : undefined),
    { subjects: "planned faults", none: "no fault is planned", seen: "each struck" },
  );
}

function nameOf(fault: FaultWindow | undefined): string {
  return fault?.fault ?? "a fault that was planned";
}
