import type { History, StallEvent } from "../../core/mod.ts";
import { replicaLane, replicaLives } from "./replica-lanes.ts";

/** The stalls that nobody asked for: a replica that is paused cannot turn its event loop, and that is no news. */
export function unwantedStalls({ stalls, replicas, endedAt }: History): StallEvent[] {
  const pauses = new Map(
    replicaLives(replicas).map((life) => [
      life.replica,
      replicaLane(life, endedAt).spans.filter(({ state }) => state === "paused"),
    ]),
  );
  return stalls.filter(({ who, at, lastedMs }) => {
    return !pauses.get(who)?.some(({ fromMs, toMs }) => fromMs < at && toMs > at - lastedMs);
  });
}
