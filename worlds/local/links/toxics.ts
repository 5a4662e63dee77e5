import type { ICreateToxicBody } from "toxiproxy-node-client";

import type { Disturbance } from "../../../core/mod.ts";

/** A toxic without its name. */
export type Toxic = Omit<ICreateToxicBody<Readonly<Record<string, number>>>, "name" | "toxicity">;

/**
 * The toxics that make up a disturbance; none for a cut, which is no toxic.
 *
 * Toxiproxy calls what goes to the server `upstream`. Its bandwidths are in KB of 1,000 bytes, and a timeout of 0
 * drops everything and closes nothing, until it is removed: then it closes the connection.
 */
export function toxicsOf(disturbance: Disturbance): readonly Toxic[] {
  switch (disturbance.kind) {
    case "cut":
      return [];
    case "delay":
      return bothWays("latency", { latency: Math.round(disturbance.ms), jitter: Math.round(disturbance.jitterMs) });
    case "blackhole":
      return bothWays("timeout", { timeout: 0 });
    case "reset":
      return bothWays("reset_peer", { timeout: 0 });
    case "throttle":
      return bothWays("bandwidth", { rate: Math.max(1, Math.round(disturbance.bytesPerSecond / 1_000)) });
    case "loseReply":
      return [{ type: "timeout", stream: "downstream", attributes: { timeout: 0 } }];
  }
}

function bothWays(type: Toxic["type"], attributes: Toxic["attributes"]): readonly Toxic[] {
  return (["upstream", "downstream"] as const).map((stream) => ({ type, stream, attributes }));
}
