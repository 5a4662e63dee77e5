import type { History } from "../../core/mod.ts";

/** A job from the moment that the plane acknowledged it to the moment that it took effect. */
export interface Journey {
  readonly job: string;
  readonly load: string | undefined;
  readonly acknowledgedAt: number;
  /** Missing when the run ended without an effect: lost, failed, cancelled, or late. */
  readonly effectAt: number | undefined;
  /** End to end. An effect may precede the acknowledgement's way back: that counts as 0. */
  readonly tookMs: number | undefined;
}

const known = new WeakMap<History, Journey[]>();

/** The journeys of all acknowledged jobs, in order of acknowledgement; computed once for each history. */
export function journeys(history: History): readonly Journey[] {
  const found = known.get(history) ?? journeysOf(history);
  known.set(history, found);
  return found;
}

/** How long those took that arrived. */
export function endToEndMs(travelled: readonly Journey[]): number[] {
  return travelled.flatMap(({ tookMs }) => tookMs ?? []);
}

function journeysOf({ jobs }: History): Journey[] {
  const found: Journey[] = [];
  for (const { id, load, acknowledgedAt, effects } of jobs.values()) {
    if (acknowledgedAt === undefined) continue;
    const effectAt = effects.find((effect) => effect.decision === "accepted")?.at;
    const tookMs = effectAt === undefined ? undefined : Math.max(0, effectAt - acknowledgedAt);
    found.push({ job: id, load, acknowledgedAt, effectAt, tookMs });
  }
  return found.toSorted((a, b) => a.acknowledgedAt - b.acknowledgedAt);
}
