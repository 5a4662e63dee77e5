import { at, kill, pause, restart } from "../chaos/mod.ts";
import { noEffectTwice, noJobIsLost, recoversWithin } from "../checks/mod.ts";
import { lasting, uniform } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/**
 * It must fail, always: the only worker is dead for a minute while jobs come in, and each is to take effect within
 * five seconds all the same. Whoever runs it and sees no failure cannot see any. The other faults do no harm: they are
 * there to be taken away when the failure is made smaller.
 */
export default scenario((pace) => ({
  title: "It must fail: jobs are to take effect within seconds while the only worker is dead. In no suite.",
  cluster: { gateways: 2, schedulers: 2, workers: 1 },
  load: [{ name: "steady", arrivals: uniform("1/s", lasting(pace("120s"))), work: "5ms" }],
  faults: [
    at(pace("10s"), pause("gateway-2"), { healAfter: pace("1s") }),
    at(pace("30s"), kill("worker-1"), { healAfter: pace("60s") }),
    at(pace("60s"), restart("scheduler-2")),
  ],
  settleWithin: pace("150s"),
  expect: [recoversWithin(pace("5s")), noJobIsLost(), noEffectTwice()],
}));
