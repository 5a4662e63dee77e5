import { at, pause } from "../chaos/mod.ts";
import { noEffectTwice, noJobIsLost, oneExecutionPerEpoch, oneTerminalState } from "../checks/mod.ts";
import { lasting, uniform } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/**
 * A worker falls asleep in the middle of its jobs, is taken for dead, and its jobs are given to the other. Then it
 * wakes and goes on where it was. Its effects come too late and must be refused; nothing may start a second time
 * under the old epoch.
 */
export default scenario((pace) => ({
  title: "A worker sleeps in mid-job until its jobs have been given away, then wakes: its late effects are refused.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [{ name: "steady", arrivals: uniform("12/s", lasting(pace("120s"))), work: "1500ms" }],
  faults: [at(pace("20s"), pause("worker-1"), { healAfter: pace("110s") })],
  settleWithin: pace("300s"),
  expect: [noEffectTwice(), oneExecutionPerEpoch(), oneTerminalState(), noJobIsLost()],
}));
