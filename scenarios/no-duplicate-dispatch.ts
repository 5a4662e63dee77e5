import {
  legalTransitions,
  lockIsExclusive,
  noEffectTwice,
  noJobIsLost,
  oneDispatchPerEpoch,
  oneExecutionPerEpoch,
  oneLeaderAtATime,
  oneTerminalState,
} from "../checks/mod.ts";
import { jobs, uniform } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/** Gate 19, second: its 40 jobs, and then 2,000 at a fixed rate, over both gateways. Each runs once and succeeds. */
export default scenario(() => ({
  title:
    "40 jobs, then 2,000 at 200 a second, over two gateways: each is dispatched once, executed once and SUCCEEDED.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [
    { name: "40 jobs", arrivals: uniform("20/s", jobs(40)), work: "5ms" },
    { name: "2,000 jobs", arrivals: uniform("200/s", jobs(2_000)), work: "2ms" },
  ],
  faults: [],
  expect: [
    noJobIsLost(),
    noEffectTwice(),
    oneExecutionPerEpoch(),
    oneDispatchPerEpoch(),
    oneTerminalState(),
    legalTransitions(),
    lockIsExclusive(),
    oneLeaderAtATime(),
  ],
}));
