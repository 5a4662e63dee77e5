import type { BusLeftover, LeftoverMessage } from "./bus-stats.ts";
import type { GivenUp } from "./shard.ts";
import type { Entry } from "./under-way.ts";

/** What all shards gave up, as whoever stopped the bus gets it. */
export function leftoverOf(shards: readonly GivenUp[]): BusLeftover {
  const queued = shards.flatMap((each) => each.queued);
  const inBackoff = shards.flatMap((each) => each.inBackoff);
  const inHand = shards.flatMap((each) => each.inHand);
  const all = [...marked(queued, "queued"), ...marked(inBackoff, "in-backoff"), ...marked(inHand, "in-hand")];
  const messages = all.toSorted((one, other) => one.order - other.order).map(({ left }) => left);
  return { queued: queued.length, inBackoff: inBackoff.length, inHand: inHand.length, messages };
}

function marked(
  entries: readonly Entry[],
  was: LeftoverMessage["was"],
): { readonly order: number; readonly left: LeftoverMessage }[] {
  return entries.map(({ id, message, attempts, order }) => ({ order, left: { id, message, was, attempts } }));
}
