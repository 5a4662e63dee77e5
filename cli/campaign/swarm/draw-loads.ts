import { perSecond, type Random } from "../../../core/mod.ts";
import type { Arrivals, Load } from "../../../loadgen/mod.ts";
import { logUniform, oneOf, rounded } from "./draw.ts";

type Loads = Readonly<Record<string, Arrivals>>;

/** No load becomes larger than this. */
const operationsAtMost = 240;

/**
 * Rates from a third to three times the load's, evenly spread or by chance, over as long a time. Loads with a limit
 * keep their rate, which is what they are about, and last less long; bursts stay as they are. Runs of workflows get no
 * more, only fewer.
 */
export function drawLoads(random: Random, loads: Loads, scenario: readonly Load[]): Loads {
  const drawn = scenario.flatMap(({ name, limitPerSecond, workflow, arrivals: original }) => {
    const arrivals = loads[name] && spread(loads[name], original);
    if (!arrivals) return [];
    const own = random.fork(name);
    const shape = limitPerSecond === undefined ? draw(own, arrivals, workflow ? 1 : 3) : shortened(arrivals);
    return [[name, shape] as const];
  });
  return Object.fromEntries(drawn);
}

/** A steady load that was thinned to what surrounds the scenario's own faults is spread out again: faults are drawn. */
function spread(arrivals: Arrivals, original: Arrivals): Arrivals {
  if (arrivals.shape !== "burst" || original.shape === "burst") return arrivals;
  const count = arrivals.offsetsMs.length * arrivals.countEach;
  const rate = (perSecond(original.rate) * count) / original.count;
  return { ...original, count, rate: `${Number(rounded(rate, 6).toFixed(6))}/s` };
}

function draw(random: Random, arrivals: Arrivals, most: number): Arrivals {
  if (arrivals.shape === "burst") return arrivals;
  const { count, rate } = arrivals;
  const wanted = Math.round(count * logUniform(random, 1 / 3, most));
  const drawn = Math.max(1, Math.min(wanted, Math.max(count, operationsAtMost)));
  const shape = oneOf<"uniform" | "poisson">(random, ["uniform", "poisson"]);
  return { shape, count: drawn, rate: `${Number(rounded((perSecond(rate) * drawn) / count, 6).toFixed(6))}/s` };
}

function shortened(arrivals: Arrivals): Arrivals {
  return arrivals.shape === "burst" ? arrivals : { ...arrivals, count: Math.min(arrivals.count, operationsAtMost) };
}

/** How long the longest load takes, in ms. */
export function loadsLastMs(loads: Loads): number {
  return Math.max(
    1_000,
    ...Object.values(loads).map((arrivals) =>
      arrivals.shape === "burst"
        ? Math.max(...arrivals.offsetsMs)
        : (1_000 * arrivals.count) / perSecond(arrivals.rate),
    ),
  );
}
