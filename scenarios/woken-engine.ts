import { at, pauseAt } from "../chaos/mod.ts";
import { everyRunEnds, lockIsExclusive, stepsRunOnceInOrder } from "../checks/mod.ts";
import { jobs, uniform, worker, workflow } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

const order = workflow("order", {
  reserve: worker({ work: "5ms" }),
  charge: worker({ work: "5ms" }),
  ship: worker({ work: "5ms" }),
});

/**
 * A workflow engine falls asleep between deciding how a run goes on and writing it. Its lock runs out, the other
 * engine takes the run to its end. Then the sleeper wakes in mid-write: what it decided on is long past.
 */
export default scenario((pace) => ({
  title:
    "A workflow engine sleeps through its run lock and wakes inside its write: what it had decided is not written.",
  cluster: { gateways: 1, schedulers: 1, workflows: 2, workers: 1 },
  load: [{ name: "orders", workflow: order, arrivals: uniform("10/s", jobs(10)) }],
  faults: [at("0s", pauseAt("workflow-1", "runs.save", { nth: 3 }), { healAfter: pace("80s") })],
  settleWithin: pace("150s"),
  expect: [lockIsExclusive(), everyRunEnds(), stepsRunOnceInOrder()],
}));
