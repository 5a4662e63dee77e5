/** One step of a sweep: what was offered, and what came of it. */
export interface LoadStep {
  readonly offeredPerSecond: number;
  /** Of the shard that kept up worst: what it delivered, as a share of what it was offered. */
  readonly worstShardFollows: number;
  /**
   * 99th percentile of the wait on the shard with the largest share. Not the worst that was seen on any of them: the
   * most of several noisy figures is longer than any of them is on average.
   */
  readonly hottestShardWaitMs: number;
  /** Messages that were refused: what is not accepted waits for nothing. */
  readonly refused: number;
}

/** What a load step must keep to be carried. */
export interface KneeRule {
  /** @defaultValue 0.95 */
  readonly followsLeast?: number;
  readonly waitMsMost: number;
}

/** Where a bus stops to follow. Each is an offered load that was really tried. */
export interface Knee {
  /** The largest that was carried, as all below it were; undefined where even the least was too much. */
  readonly at: number | undefined;
  /** The one before. */
  readonly below: number | undefined;
  /** The first that was not carried; undefined where everything tried was. */
  readonly above: number | undefined;
  /** What went wrong there. */
  readonly because: string | undefined;
}

/** Why a step is too much, in words; undefined where it is carried. */
export function overload(step: LoadStep, { followsLeast = 0.95, waitMsMost }: KneeRule): string | undefined {
  if (step.refused > 0) return `${step.refused} messages were refused`;
  if (step.worstShardFollows < followsLeast) {
    return `a shard delivers only ${(100 * step.worstShardFollows).toFixed(0)} % of what it is offered`;
  }
  if (step.hottestShardWaitMs > waitMsMost) {
    return `the hottest shard's p99 wait is ${step.hottestShardWaitMs.toFixed(0)} ms, above ${waitMsMost.toFixed(0)} ms`;
  }
  return undefined;
}

/** Finds the knee in a sweep, whatever the order of its steps. */
export function findKnee(steps: readonly LoadStep[], rule: KneeRule): Knee {
  const upward = steps.toSorted((a, b) => a.offeredPerSecond - b.offeredPerSecond);
  const broken = upward.findIndex((step) => overload(step, rule) !== undefined);
  const carried = broken === -1 ? upward : upward.slice(0, broken);
  const first = broken === -1 ? undefined : upward[broken];
  return {
    at: carried.at(-1)?.offeredPerSecond,
    below: carried.at(-2)?.offeredPerSecond,
    above: first?.offeredPerSecond,
    because: first && overload(first, rule),
  };
}
