import type { History } from "../core/mod.ts";

/** When the trial was over. What comes later is the plane being taken down, which proves nothing. */
export function trialEndOf({ phases, endedAt }: History): number {
  return phases.findLast(({ phase }) => phase === "end")?.at ?? endedAt;
}
