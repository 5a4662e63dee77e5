import { messageOf } from "../../core/mod.ts";
import { nextWakeOf } from "../domain/workflow/mod.ts";
import type { DueWake, EngineContext } from "./engine-context.ts";

/**
 * Wakes a run whose moment has come. The moment is taken away when that is done, and not before: a lock that is busy
 * leaves it, for the delay poller. What the run waits for next is set after that; if this process dies in between,
 * the reconciler finds the run when it is due.
 *
 * @returns whether the run was woken
 */
export async function wakeRun({ env, apply, wakes }: EngineContext, { run, unixMs }: DueWake): Promise<boolean> {
  const changed = await apply(run, [{ kind: "wake" }]);
  if (changed.kind === "contended") return false;
  const next = changed.kind === "missing" ? undefined : nextWakeOf(changed.run);
  await env.runTimers.clear(run, unixMs);
  if (next === undefined) return true;
  await env.runTimers.set(run, next);
  const inMs = next - env.clock.unixMs();
  // One that is due and still set is the poller's: a run that does not react must not be woken again and again.
  if (inMs > 0 && changed.kind === "kept") wakes.plan({ run, unixMs: next }, inMs);
  return true;
}

/** The same for a moment that this replica remembered by itself. Never rejects. */
export async function wakeInTime(context: EngineContext, wake: DueWake): Promise<void> {
  try {
    await wakeRun(context, wake);
  } catch (thrown) {
    context.env.log.warn("wake left to the delay poller", { run: wake.run, because: messageOf(thrown) });
  }
}
