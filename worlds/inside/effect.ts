import type { EffectEvent } from "../../core/mod.ts";

/** What the sink decided about an effect. */
export type EffectDecision = EffectEvent["decision"];

/** An effect that a worker wants to have on the world outside. */
export interface Effect {
  readonly job: string;
  /** The attempt's fencing token. */
  readonly epoch: number;
  readonly worker: string;
  /** Names this one wish, so that it can be repeated when its answer was lost. */
  readonly execution: string;
}

/** A worker's line to the effect sink. */
export interface EffectSinkClient {
  /**
   * Asks for an effect and waits for the decision. Asked again on a new connection when the old one broke: the sink
   * knows the execution, and decides once.
   *
   * @throws EnvironmentError `sink_away` when there is no answer within 5 s, or too much is waiting.
   */
  apply(effect: Effect): Promise<EffectDecision>;
  close(): void;
}
