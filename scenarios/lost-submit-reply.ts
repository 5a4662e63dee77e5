import { at, delay, loseReply } from "../chaos/mod.ts";
import {
  everyEffectIsAcknowledged,
  lostRepliesAreResolved,
  noEffectTwice,
  noJobIsLost,
  oneJobPerKey,
} from "../checks/mod.ts";
import { lasting, uniform } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/**
 * The clients of one gateway never hear what became of their submissions, though they take effect, and send them
 * again to the other gateway under the same keys, 550 ms later. Then Redis is about so far away for the first gateway:
 * both gateways ask for the same key at the same time, give or take.
 */
export default scenario(() => ({
  title:
    "A gateway's replies are lost, later late: what is sent again to the other is one job for each key, none lost.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [
    {
      name: "resend",
      arrivals: uniform("60/s", lasting("12s")),
      idempotency: "resend",
      timeout: "500ms",
      work: "5ms",
    },
  ],
  faults: [
    at("2s", loseReply("clients", "gateway-1"), { healAfter: "3s" }),
    at("6s", delay("gateway-1", "redis", { by: "560ms", jitter: "60ms" }), { healAfter: "4s" }),
  ],
  expect: [lostRepliesAreResolved(), oneJobPerKey(), everyEffectIsAcknowledged(), noJobIsLost(), noEffectTwice()],
}));
