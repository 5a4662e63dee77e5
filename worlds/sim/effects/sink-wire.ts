import type { Effect, EffectDecision } from "../../inside/effect.ts";

/** A worker's wish for an effect. */
export interface SinkRequest {
  /** Unique on its connection. */
  readonly number: number;
  readonly effect: Effect;
}

/** The sink's answer. */
export interface SinkAnswer {
  readonly number: number;
  readonly decision: EffectDecision;
}
