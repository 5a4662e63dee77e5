import { ms, perSecond, type Duration, type Rate } from "../core/mod.ts";
import type { Arrivals } from "./load.ts";

/** How many operations a shape has at a rate. */
export type Extent = (rate: Rate) => number;

/** As many operations as come in this time: `uniform("200/s", lasting("10s"))`. */
export function lasting(time: Duration): Extent {
  return (rate) => Math.round((perSecond(rate) * ms(time)) / 1_000);
}

/** This many operations, however long it takes. */
export function jobs(count: number): Extent {
  return () => count;
}

/** One after another at equal distances. */
export function uniform(rate: Rate, extent: Extent): Arrivals {
  return { shape: "uniform", rate, count: extent(rate) };
}

/** Independent of each other, as those of many clients are: the gaps are exponentially distributed. */
export function poisson(rate: Rate, extent: Extent): Arrivals {
  return { shape: "poisson", rate, count: extent(rate) };
}
