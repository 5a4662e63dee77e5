import { messageOf, systemClock } from "../../../core/mod.ts";
import { BusBench } from "./bus-bench.ts";
import type { BusAnswer, BusOrder, BusSetup } from "./bus-messages.ts";

// A terminal sends Ctrl-C to everyone; the harness is who ends this process, or the end of the harness does.
process.on("SIGINT", () => undefined);
process.on("disconnect", () => process.exit());

const setup = JSON.parse(process.argv[2] ?? "") as BusSetup;
const bench = new BusBench(setup, systemClock(BigInt(setup.originNs)));
process.on("message", (order: BusOrder) => void obey(order));
send({ ready: true });

async function obey(order: BusOrder): Promise<void> {
  if ("publish" in order) return bench.publish(order.publish);
  try {
    send({ answer: order.ask, value: await answerTo(order) });
  } catch (thrown) {
    send({ answer: order.ask, error: messageOf(thrown) });
  }
}

function answerTo(order: Exclude<BusOrder, { publish: unknown }>): unknown {
  if ("open" in order) return bench.open(order.open);
  if ("mark" in order) return bench.mark();
  if ("settle" in order) return bench.settle(order.settle);
  return "fill" in order ? bench.fill() : bench.drain(order.drain);
}

function send(answer: BusAnswer): void {
  process.send?.(answer);
}
