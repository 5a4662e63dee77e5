import { allReplicasHealthy, noJobIsLost } from "../checks/mod.ts";
import { lasting, uniform } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/** Gate 19, first: two of each role come up, are healthy seen from outside, and do a little work. */
export default scenario(() => ({
  title: "Two gateways, two schedulers and two workers come up, are healthy seen from outside, and finish their work.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [{ name: "a little work", arrivals: uniform("20/s", lasting("3s")), work: "5ms" }],
  faults: [],
  expect: [allReplicasHealthy({ gateway: 2, scheduler: 2, worker: 2 }), noJobIsLost()],
}));
