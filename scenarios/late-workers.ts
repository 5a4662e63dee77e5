import { at, join } from "../chaos/mod.ts";
import { noEffectTwice, noJobIsLost, oneLeaderAtATime } from "../checks/mod.ts";
import { lasting, uniform } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/** Jobs are accepted while no worker is there to take them; then one comes. */
export default scenario((pace) => ({
  title: "Jobs are accepted while there is no worker; when one comes, every one of them is done.",
  cluster: { gateways: 2, schedulers: 2, workers: 0 },
  load: [{ name: "too early", arrivals: uniform("20/s", lasting("5s")), work: "5ms" }],
  faults: [at(pace("30s"), join("worker"))],
  settleWithin: pace("150s"),
  expect: [noJobIsLost(), noEffectTwice(), oneLeaderAtATime()],
}));
