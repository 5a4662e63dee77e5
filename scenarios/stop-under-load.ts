import { at, delayAt, terminate } from "../chaos/mod.ts";
import { noEffectTwice, noJobIsLost, oneTerminalState } from "../checks/mod.ts";
import { lasting, uniform } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/** A scheduler that is behind, with more messages in memory than it handles at once, is told to stop. */
export default scenario((pace) => ({
  title:
    "A scheduler is stopped with messages in memory that it has not begun: each is handed back and done elsewhere.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [{ name: "steady", arrivals: uniform("200/s", lasting("5s")), work: "5ms" }],
  faults: [
    at("1s", delayAt("scheduler-1", "jobs.advance", { delay: "1s", nth: "every" })),
    at("4s", terminate("scheduler-1"), { healAfter: pace("40s") }),
  ],
  settleWithin: pace("200s"),
  expect: [noJobIsLost(), noEffectTwice(), oneTerminalState()],
}));
