import type { Witness } from "../../core/mod.ts";
import type { Effect, EffectDecision } from "./effect.ts";

/** What the sink remembers of a job: the epoch of its first effect, and who had it accepted. */
interface Applied {
  readonly epoch: number;
  readonly executions: string[];
}

/** A decision, and whether it is only said again, to a wish whose first answer was lost. */
export interface Ruling {
  readonly decision: EffectDecision;
  readonly again: boolean;
}

/**
 * The fence at the effect sink. A job's first effect is accepted; from then on an older epoch is stale, and a newer
 * one is repeated (the effect is there already).
 *
 * The same epoch is accepted again: a fence cannot tell two holders of one token apart, so a duplicate under one
 * token shows up as a second accepted effect.
 */
export function effectRule(): (effect: Effect) => Ruling {
  const applied = new Map<string, Applied>();
  return ({ job, epoch, execution }) => {
    const first = applied.get(job);
    if (!first) {
      applied.set(job, { epoch, executions: [execution] });
      return { decision: "accepted", again: false };
    }
    if (epoch !== first.epoch) return { decision: epoch < first.epoch ? "stale" : "repeated", again: false };
    const again = first.executions.includes(execution);
    if (!again) first.executions.push(execution);
    return { decision: "accepted", again };
  };
}

/** The same, with an `effect` event for each decision, before anybody hears of it. */
export function witnessedEffects(witness: Witness): (effect: Effect) => EffectDecision {
  const rule = effectRule();
  return (effect) => {
    const { decision, again } = rule(effect);
    const { job, epoch, worker } = effect;
    if (!again) witness.record({ kind: "effect", job, epoch, worker, decision });
    return decision;
  };
}
