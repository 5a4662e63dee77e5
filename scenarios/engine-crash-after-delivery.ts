import { at, crashAt } from "../chaos/mod.ts";
import { everyRunEnds, noEffectTwice, stepsRunOnceInOrder } from "../checks/mod.ts";
import { jobs, parallel, uniform, worker, workflow } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

const order = workflow("order", {
  reserve: worker({ work: "5ms" }),
  inform: parallel(3, { work: "5ms" }),
  ship: worker({ work: "5ms" }),
});

/**
 * A workflow engine dies after it has made a step's jobs, and before it has noted that. Its successor makes them
 * again: they must be the same jobs.
 */
export default scenario((pace) => ({
  title: "A workflow engine is killed between making a step's jobs and noting it: they are made again, and done once.",
  cluster: { gateways: 1, schedulers: 1, workflows: 2, workers: 1 },
  load: [{ name: "orders", workflow: order, arrivals: uniform("10/s", jobs(20)) }],
  faults: [at("0s", crashAt("workflow-1", "runs.settle", { nth: 10 }), { healAfter: pace("60s") })],
  settleWithin: pace("150s"),
  expect: [stepsRunOnceInOrder(), everyRunEnds(), noEffectTwice()],
}));
