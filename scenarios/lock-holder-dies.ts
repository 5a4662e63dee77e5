import { at, delayAt, kill } from "../chaos/mod.ts";
import { lockIsExclusive, noEffectTwice, noJobIsLost, oneTerminalState } from "../checks/mod.ts";
import { lasting, uniform } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/**
 * One scheduler takes 12 s over each decision and holds the jobs' locks all the while; then it is killed. Its jobs wait
 * until the locks run out: a short TTL frees them early, and is paid for with renewals. The times are the same under
 * every tuning, since the tuning is what is tried.
 */
export default scenario(() => ({
  title: "A scheduler that holds some forty job locks for long is killed: its jobs wait until the locks run out.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [{ name: "steady", arrivals: uniform("6/s", lasting("30s")), work: "5ms" }],
  faults: [
    at("0s", delayAt("scheduler-1", "jobs.advance:DISPATCHED", { delay: "12s", nth: "every" })),
    at("20s", kill("scheduler-1"), { healAfter: "35s" }),
  ],
  settleWithin: "60s",
  expect: [noJobIsLost(), noEffectTwice(), lockIsExclusive(), oneTerminalState()],
}));
