import { at, delayAt, pauseAt } from "../chaos/mod.ts";
import { lockIsExclusive, noEffectTwice, noJobIsLost } from "../checks/mod.ts";
import { lasting, uniform } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/**
 * A scheduler falls asleep between deciding to release a job's lock and doing so. The lock runs out, the other
 * scheduler takes it, and is slow. Then the sleeper wakes and releases: it must not release the other's lock.
 */
export default scenario((pace) => ({
  title: "A scheduler sleeps through its lock and wakes inside the release: it does not release its successor's lock.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [{ name: "a few jobs", arrivals: uniform("5/s", lasting("4s")), work: "5ms" }],
  faults: [
    at("0s", pauseAt("scheduler-1", "redis.script:lock-release"), { healAfter: pace("70s") }),
    at("0s", delayAt("scheduler-2", "jobs.advance", { delay: pace("60s"), nth: "every" }), { healAfter: pace("150s") }),
  ],
  settleWithin: pace("300s"),
  expect: [lockIsExclusive(), noJobIsLost(), noEffectTwice()],
}));
