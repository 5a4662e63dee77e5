import { noJobIsLost, rateLimitHolds } from "../checks/mod.ts";
import { lasting, uniform } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

const limitPerSecond = 100;

/**
 * Two adjacent seconds, weighted, admit at most the limit in each second of the store's clock. Of a second that was
 * used up in its last moments too little is remembered, so some rolling second may see more, though never twice the
 * limit: a load that begins late in a second does. A fixed window would admit twice the limit at once.
 */
const rollingTolerance = 0.99;

/** At 40 ms into the new second, 96 of 100 are still remembered; a slow machine answers some of it much later. */
const burstTolerance = 0.5;

/**
 * Gate 19, third: one limit over two gateways. Three clients at once, each with a limit of its own: one spreads its
 * requests evenly, one sends nine in ten to the first gateway, and one fires across the boundary of two seconds,
 * where a fixed window would admit twice the limit.
 */
export default scenario(() => ({
  title:
    "A limit of 100 a second over two gateways holds against 300 a second, evenly and unevenly split, and a burst.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [
    {
      name: "even",
      client: "even",
      limitPerSecond,
      arrivals: uniform("300/s", lasting("20s")),
      split: [1, 1],
      startAt: "0s",
    },
    {
      name: "uneven",
      client: "uneven",
      limitPerSecond,
      arrivals: uniform("300/s", lasting("20s")),
      split: [9, 1],
      startAt: "0s",
    },
    {
      name: "burst",
      client: "burst",
      limitPerSecond,
      arrivals: { shape: "burst", offsetsMs: [-60, 40], countEach: 150 },
      startAt: "10s",
    },
  ],
  faults: [],
  expect: [
    rateLimitHolds({ limitPerSecond, client: "even", rollingTolerance }),
    rateLimitHolds({ limitPerSecond, client: "uneven", rollingTolerance }),
    rateLimitHolds({ limitPerSecond, client: "burst", rollingTolerance: burstTolerance }),
    noJobIsLost(),
  ],
}));
