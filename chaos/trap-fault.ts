import type { Trap, World } from "../core/mod.ts";
import { trapData } from "./fault-data.ts";
import type { Fault } from "./fault.ts";

/** At which of a call's occurrences a trap springs, and on which side of the call. */
export interface TrapOptions {
  /** `after`: when the call has come to its end, before its caller knows. @defaultValue "before" */
  readonly when?: Trap["when"];
  /** Counted from 1 since the fault began. @defaultValue 1 */
  readonly nth?: Trap["nth"];
}

/**
 * A fault that lies in wait at a call such as `jobs.advance` or `bus.deliver:sys.job.submit`. It is in force when the
 * trap is set in each target, and strikes when the trap springs.
 *
 * @param undo - brings back the replicas that were caught, once the traps are gone
 */
export function trapFault(
  action: string,
  selector: string,
  trap: Trap,
  undo: (world: World, caught: readonly string[]) => Promise<void>,
): Fault {
  return {
    action,
    selector,
    needsTraps: true,
    data: trapData(selector, trap),
    async strike(world, targets, _signal, sprung) {
      const caught: string[] = [];
      const set = await Promise.all(targets.map((id) => world.setTrap(id, trap)));
      for (const [index, { sprung: springs }] of set.entries()) {
        const id = targets[index] ?? "";
        void springs.then(() => {
          caught.push(id);
          sprung(id);
        });
      }
      return async () => {
        await Promise.all(set.map((each) => each.remove()));
        await undo(world, caught);
      };
    },
  };
}

/** A trap at a call, with the defaults filled in. */
export function trapAt(call: string, action: Trap["action"], { when = "before", nth = 1 }: TrapOptions): Trap {
  return { call, action, when, nth };
}
