import { distribution } from "../figures/distribution.ts";
import { figure, missingFigure, type FigureDefinition, type WorldFigure } from "./figure.ts";
import type { Stage } from "./stages.ts";

/**
 * The fewest samples for a percentile of one run, by order statistics as in the measures of a comparison: below them,
 * no bound on it is 95 % sure but the maximum.
 */
const percentiles = [
  { name: "p50", pick: "p50Ms", fewest: 20 },
  { name: "p90", pick: "p90Ms", fewest: 60 },
  { name: "p99", pick: "p99Ms", fewest: 600 },
] as const;

/** Percentiles of each stage of the jobs' way. */
export function latencyFigures(stages: readonly Stage[]): WorldFigure[] {
  return stages.flatMap(({ id, title, durationsMs }) => {
    const spread = distribution(durationsMs);
    return percentiles.map(({ name, pick, fewest }) => {
      const definition: FigureDefinition = {
        id: `${id}-${name}`,
        title: `${title}, ${name}`,
        unit: "ms",
        family: "latency",
        gap: "cpu",
      };
      const value = spread[pick];
      return value === undefined || spread.count < fewest
        ? missingFigure(definition, `insufficient samples: ${name} takes ${fewest}`)
        : figure(definition, value);
    });
  });
}
