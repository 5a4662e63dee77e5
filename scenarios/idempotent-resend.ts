import { at, kill } from "../chaos/mod.ts";
import { noEffectTwice, noJobIsLost, oneJobPerKey } from "../checks/mod.ts";
import { jobs, lasting, uniform } from "../loadgen/mod.ts";
import { scenario } from "./scenario.ts";

/**
 * Clients name their requests with idempotency keys: some send the same one to both gateways at once, some resend
 * to the other gateway when theirs is killed in mid-request. Each key stands for one job, which runs once.
 */
export default scenario((pace) => ({
  title: "One idempotency key, sent to both gateways at once, or resent when a gateway is killed, stands for one job.",
  cluster: { gateways: 2, schedulers: 2, workers: 2 },
  load: [
    { name: "race", arrivals: uniform("50/s", jobs(150)), idempotency: "race", work: "5ms" },
    { name: "resend", arrivals: uniform("200/s", lasting("4s")), idempotency: "resend", work: "5ms" },
  ],
  faults: [at("4s", kill("gateway-1"), { healAfter: pace("20s") })],
  expect: [oneJobPerKey(), noEffectTwice(), noJobIsLost()],
}));
