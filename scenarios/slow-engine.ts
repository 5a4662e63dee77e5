import { at, delayAt } from "../chaos/mod.ts";
import { everyRunEnds, lockIsExclusive, stepsRunOnceInOrder } from "../checks/mod.ts";
import { jobs, uniform, worker, workflow } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

const order = workflow("order", { reserve: worker({ work: "5ms" }), ship: worker({ work: "5ms" }) });

/**
 * A workflow engine takes three lock lifetimes to write one run, awake all the while. Meanwhile the reconciler sees a
 * run that does not move. The lock must last for as long as the work does, and keep the reconciler out.
 */
export default scenario((pace) => ({
  title: "A workflow engine is slow to write, for three times as long as a run lock lives: the lock keeps others out.",
  cluster: { gateways: 1, schedulers: 1, workflows: 2, workers: 1 },
  load: [{ name: "orders", workflow: order, arrivals: uniform("10/s", jobs(10)) }],
  faults: [at("0s", delayAt("workflow", "runs.save", { delay: pace("90s"), nth: 3 }))],
  settleWithin: pace("200s"),
  expect: [lockIsExclusive(), everyRunEnds(), stepsRunOnceInOrder()],
}));
