import { ms, type Duration, type World } from "../core/mod.ts";
import type { Fault } from "./fault.ts";
import { onlySimulated } from "./only-simulated.ts";

/** How far a clock jumps. */
export interface ClockJumpOptions {
  /** Forward; heal takes it back by as much. */
  readonly by: Duration;
}

/**
 * The wall clock jumps forward, as when somebody sets it: `clockJump("scheduler.leader", { by: "5s" })`. It is the
 * machine's: a replica that starts again finds it where it is. Timers and durations know nothing of it. Only in a
 * simulated world.
 *
 * Heal makes it jump back.
 */
export function clockJump(selector: string, { by }: ClockJumpOptions): Fault {
  const byMs = ms(by);
  return {
    action: "clockJump",
    selector,
    needsSimulation: true,
    data: { action: "clockJump", selector, options: { by } },
    async strike(world, targets, _signal, sprung) {
      for (const id of targets) {
        await jump(world, id, byMs);
        sprung(id);
      }
      return async () => {
        for (const id of targets) await jump(world, id, -byMs);
      };
    },
  };
}

async function jump(world: World, id: string, byMs: number): Promise<void> {
  if (!world.jumpClock) throw onlySimulated("clockJump");
  await world.jumpClock(id, byMs);
}
