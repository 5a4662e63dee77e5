import { at, join, kill } from "../chaos/mod.ts";
import { noEffectTwice, noJobIsLost, workersAgree } from "../checks/mod.ts";
import { lasting, uniform } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/** Gate 19, fourth: six workers under load, one is killed, one joins. Both gateways list exactly those that live. */
export default scenario((pace) => ({
  title: "Six workers, one killed and one joining: both gateways list exactly the workers that live, within 35 s.",
  cluster: { gateways: 2, schedulers: 2, workers: 6 },
  load: [{ name: "steady", arrivals: uniform("40/s", lasting(pace("170s"))), work: "20ms" }],
  faults: [at(pace("50s"), kill("worker-3")), at(pace("110s"), join("worker"))],
  expect: [workersAgree({ within: pace("35s") }), noJobIsLost(), noEffectTwice()],
}));
