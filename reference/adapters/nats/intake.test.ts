import { expect, test } from "vitest";

import { useNats } from "../../../test/servers.ts";
import type { Consumption, Delivery, Disposition } from "../../ports/mod.ts";
import { busAt, unusedSubject, type TestBus } from "./bus.test-support.ts";

const nats = useNats();
const patient = { timeout: 20_000, interval: 20 };
/** Nothing is delivered again in this time, unless it is handed back. */
const longWait = { NATS_JS_ACK_WAIT: "1h" };

test("a replica that can do nothing with messages hands back what it has not begun, and takes none until it can", async () => {
  await using one = await busAt(nats.server.url, longWait);
  await using other = await busAt(nats.server.url, longWait);
  const subject = unusedSubject();
  const gate = Promise.withResolvers<void>();
  let isAble = true;
  const first = noting(gate.promise);
  await consumeOn(one, subject, first.handler, () => isAble);
  for (const body of ["begun", "waiting"]) await one.publish({ subject, body });
  await expect.poll(() => first.got, patient).toEqual(["begun#1"]);

  isAble = false;
  await expect.poll(() => one.logged.join("\n"), patient).toContain("Takes no messages for now");
  await one.publish({ subject, body: "later" });
  const second = noting(Promise.resolve());
  const consumption = await consumeOn(other, subject, second.handler, () => true);
  // What had not left the stream comes for the first time, what lay in memory for the second.
  await expect.poll(() => second.got.toSorted(), patient).toEqual(["later#1", expect.stringMatching(/^waiting#[12]$/)]);

  gate.resolve();
  await consumption.stop();
  isAble = true;
  await one.publish({ subject, body: "again" });
  await expect.poll(() => first.got, patient).toEqual(["begun#1", "again#1"]);
});

test("one that is unable every other time loses nothing", async () => {
  await using bus = await busAt(nats.server.url, longWait);
  const subject = unusedSubject();
  const questions: boolean[] = [];
  const { got, handler } = noting(Promise.resolve());
  await consumeOn(bus, subject, handler, () => questions.push(true) % 2 === 0);
  let published = 0;
  for (; questions.length < 6; published++) await bus.publish({ subject, body: `${published}` });
  await expect.poll(() => new Set(got.map((each) => each.split("#")[0])).size, patient).toBe(published);
});

function consumeOn(
  bus: TestBus,
  subject: string,
  handler: (delivery: Delivery) => Promise<Disposition>,
  able: () => boolean,
): Promise<Consumption> {
  return bus.consume({ stream: "CORDUM_JOBS", subject, queue: "test", concurrency: 1, able }, handler);
}

/** Notes what it gets as `body#deliveries`, and is done with it when the gate is open. */
function noting(gate: Promise<void>): { got: string[]; handler: (delivery: Delivery) => Promise<Disposition> } {
  const got: string[] = [];
  return {
    got,
    async handler({ body, deliveries }) {
      got.push(`${body}#${deliveries}`);
      await gate;
      return "done";
    },
  };
}
