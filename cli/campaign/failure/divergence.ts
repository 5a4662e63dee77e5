import type { TraceEntry } from "../../../sim/mod.ts";

/** Where two runs that began alike went different ways. */
export interface Divergence {
  /** How many steps they have in common. */
  readonly sharedSteps: number;
  /** What came next in each; nothing where one was over. */
  readonly failing: TraceEntry | undefined;
  readonly passing: TraceEntry | undefined;
}

/** The first difference between two traces; nothing when there is none. */
export function divergenceOf(failing: readonly TraceEntry[], passing: readonly TraceEntry[]): Divergence | undefined {
  const shortest = Math.min(failing.length, passing.length);
  let sharedSteps = 0;
  while (sharedSteps < shortest && isSame(failing[sharedSteps]!, passing[sharedSteps]!)) sharedSteps += 1;
  if (sharedSteps === failing.length && sharedSteps === passing.length) return undefined;
  return { sharedSteps, failing: failing[sharedSteps], passing: passing[sharedSteps] };
}

function isSame(one: TraceEntry, other: TraceEntry): boolean {
  const sameStep = one.at === other.at && one.who === other.who && one.what === other.what;
  return sameStep && one.detail === other.detail && one.size === other.size && one.digest === other.digest;
}
