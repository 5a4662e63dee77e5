import { at, crashAt } from "../chaos/mod.ts";
import { everyRunEnds, recoversWithin, stepsRunOnceInOrder } from "../checks/mod.ts";
import { jobs, uniform, worker, workflow } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

const order = workflow("order", {
  reserve: worker({ work: "5ms" }),
  charge: worker({ work: "5ms" }),
  ship: worker({ work: "5ms" }),
});

/** A workflow engine dies after it has written that a step begins, and before it has made the step's job. */
export default scenario((pace) => ({
  title:
    "A workflow engine is killed between writing that a step begins and making its job: the job is made all the same.",
  cluster: { gateways: 1, schedulers: 1, workflows: 2, workers: 1 },
  load: [{ name: "orders", workflow: order, arrivals: uniform("10/s", jobs(20)) }],
  faults: [at("0s", crashAt("workflow-1", "runs.save", { when: "after", nth: 10 }), { healAfter: pace("60s") })],
  settleWithin: pace("150s"),
  expect: [everyRunEnds(), stepsRunOnceInOrder(), recoversWithin(pace("55s"))],
}));
