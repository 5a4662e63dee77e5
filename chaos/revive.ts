import type { World } from "../core/mod.ts";

/** Starts again those of the replicas that have exited; somebody else may have been faster. */
export async function restartExited(world: World, ids: readonly string[]): Promise<void> {
  await onThoseThatAre("exited", world, ids, (id) => world.restart(id));
}

/** Wakes those of the replicas that are paused. */
export async function resumePaused(world: World, ids: readonly string[]): Promise<void> {
  await onThoseThatAre("paused", world, ids, (id) => world.resume(id));
}

async function onThoseThatAre(
  state: "exited" | "paused",
  world: World,
  ids: readonly string[],
  act: (id: string) => Promise<void>,
): Promise<void> {
  const found = world.replicas().filter((replica) => ids.includes(replica.id) && replica.state === state);
  await Promise.all(found.map((replica) => act(replica.id)));
}
