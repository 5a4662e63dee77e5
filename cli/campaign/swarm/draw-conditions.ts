import type { Random } from "../../../core/mod.ts";
import { quietConditions, type SimConditions } from "../../../worlds/sim/conditions.ts";
import { between, logUniform, rounded, sometimes } from "./draw.ts";

/**
 * A network and clocks: means of latency from a loopback's to an ocean's, and every other trouble in half of all
 * seeds, so that each also occurs without the others.
 */
export function drawConditions(random: Random): SimConditions {
  const half = (draw: () => number, quiet: number): number => sometimes(random, 0.5, () => rounded(draw()), quiet);
  return {
    ...quietConditions,
    latency: drawLatency(random),
    loss: half(() => logUniform(random, 0.0001, 0.03), 0),
    duplication: half(() => logUniform(random, 0.001, 0.1), 0),
    skewMaxMs: half(() => logUniform(random, 1, 5_000), 0),
    driftMax: half(() => logUniform(random, 0.00001, 0.001), 0),
  };
}

function drawLatency(random: Random): SimConditions["latency"] {
  const meanMs = rounded(logUniform(random, 0.05, 50));
  const minMs = rounded(meanMs * between(random, 0.1, 1));
  return { minMs, meanMs, maxMs: rounded(meanMs * logUniform(random, 2, 50)) };
}
