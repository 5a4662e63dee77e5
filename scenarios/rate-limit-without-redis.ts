import { at, cut } from "../chaos/mod.ts";
import { degradedLimitHolds, linkFaultsAreFelt, noEffectTwice, noJobIsLost } from "../checks/mod.ts";
import { lasting, uniform } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

const limitPerSecond = 100;

/**
 * For the shared count and the changes of mode: two adjacent seconds, weighted, see to it that no rolling second gets
 * twice the limit; most get much less. Without Redis the check's own, narrow tolerance counts.
 */
const rollingTolerance = 0.99;

/**
 * Both gateways lose Redis, and with it the count that they share. Each then admits its share of the limit by itself.
 * What is admitted cannot be stored meanwhile, and fails quickly, so that its time is known to a fraction of a second.
 */
export default scenario(() => ({
  title:
    "Both gateways are cut off from Redis: each admits its share, together never more than the limit of 100 a second.",
  cluster: { gateways: 2, schedulers: 1, workers: 1 },
  variables: { REDIS_COMMAND_TIMEOUT: "250ms" },
  load: [{ name: "even", client: "even", limitPerSecond, arrivals: uniform("250/s", lasting("24s")) }],
  faults: [at("7s", cut("gateway", "redis"), { healAfter: "8s" })],
  expect: [
    degradedLimitHolds({ limitPerSecond, client: "even", rollingTolerance }),
    noJobIsLost(),
    noEffectTwice(),
    linkFaultsAreFelt(),
  ],
}));
