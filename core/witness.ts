import type { Observation } from "./events.ts";

/** Writes down what happened. A witness only sees; it never decides. */
export interface Witness {
  /** Stamps the observation with the time (unless it has one) and with its own name, and keeps it. */
  record(observation: Observation): void;
}

/** Sees nothing: for a plane that runs without a harness. */
export const blindWitness: Witness = { record: () => {} };
