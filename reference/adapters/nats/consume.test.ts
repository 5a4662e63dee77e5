import { expect, test, vi } from "vitest";

import { systemClock } from "../../../core/mod.ts";
import { useNats } from "../../../test/servers.ts";
import { durableName } from "../../domain/subjects.ts";
import type { Consumption, Delivery, Disposition } from "../../ports/mod.ts";
import {
  ackWaitsPass,
  busAt,
  jumpingClock,
  managerAt,
  silentClock,
  unusedSubject,
  type TestBus,
} from "./bus.test-support.ts";
import { consumingProcess } from "./consuming-process.test-support.ts";

const nats = useNats();
const patient = { timeout: 20_000, interval: 20 };
const shortWait = { NATS_JS_ACK_WAIT: "1s" };
const longWait = { NATS_JS_ACK_WAIT: "1h" };

type Handler = (delivery: Delivery) => Promise<Disposition>;

function consumeOn(bus: TestBus, subject: string, handler: Handler, concurrency = 1): Promise<Consumption> {
  return bus.consume({ stream: "CORDUM_JOBS", subject, queue: "test", concurrency }, handler);
}

async function publishAll(bus: TestBus, subject: string, bodies: readonly string[]): Promise<void> {
  for (const body of bodies) await bus.publish({ subject, body });
}

/** Notes what it gets as `body#deliveries`, and is done with it. */
function noting(): { got: string[]; handler: Handler } {
  const got: string[] = [];
  const handler: Handler = ({ body, deliveries }) => {
    got.push(`${body}#${deliveries}`);
    return Promise.resolve("done");
  };
  return { got, handler };
}

/** Like {@link noting}, but nothing is finished before the gate opens. */
function gated(): { got: string[]; handler: Handler; open: () => void; stopping: () => boolean } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { got, handler } = noting();
  const signals: AbortSignal[] = [];
  return {
    got,
    open: resolve,
    stopping: () => signals.some((signal) => signal.aborted),
    handler: async (delivery) => {
      signals.push(delivery.stopping);
      const disposition = await handler(delivery);
      await promise;
      return disposition;
    },
  };
}

async function ackPending(subject: string): Promise<number> {
  await using manager = await managerAt(nats.server.url);
  return (await manager.consumers.info("CORDUM_JOBS", durableName("test", subject))).num_ack_pending;
}

test("each message goes to one of two replicas, and both get some", async () => {
  await using bus = await busAt(nats.server.url);
  await using other = await busAt(nats.server.url);
  const subject = unusedSubject();
  const [mine, theirs] = [noting(), noting()];
  await Promise.all([consumeOn(bus, subject, mine.handler, 4), consumeOn(other, subject, theirs.handler, 4)]);
  const bodies = Array.from({ length: 200 }, (_, index) => `${index}`);
  await publishAll(bus, subject, bodies);
  await vi.waitFor(() => expect(mine.got.length + theirs.got.length).toBeGreaterThanOrEqual(200), patient);
  const once = bodies.map((body) => `${body}#1`).toSorted();
  expect([...mine.got, ...theirs.got].toSorted()).toEqual(once);
  expect(Math.min(mine.got.length, theirs.got.length)).toBeGreaterThan(0);
});

test("what a dead replica held is delivered again after the acknowledgement wait", async () => {
  await using dead = await busAt(nats.server.url, shortWait, { clock: silentClock() });
  const subject = unusedSubject();
  const stuck = gated();
  await consumeOn(dead, subject, stuck.handler);
  await publishAll(dead, subject, ["a", "b"]);
  await vi.waitFor(() => expect(stuck.got).toEqual(["a#1"]), patient);
  await using alive = await busAt(nats.server.url, shortWait);
  const { got, handler } = noting();
  await consumeOn(alive, subject, handler);
  await vi.waitFor(() => expect(got.toSorted()).toEqual(["a#2", "b#2"]), patient);
  expect(alive.counted("redeliveries")).toBe(2);
  stuck.open();
});

test("nothing is delivered again while it is being handled or waits, for three times the acknowledgement wait", async () => {
  await using bus = await busAt(nats.server.url, shortWait);
  await using other = await busAt(nats.server.url, shortWait);
  const subject = unusedSubject();
  const slow = gated();
  await consumeOn(bus, subject, slow.handler);
  await publishAll(bus, subject, ["a", "b"]);
  await vi.waitFor(() => expect(slow.got).toEqual(["a#1"]), patient);
  await vi.waitFor(async () => expect(await ackPending(subject)).toBe(2), patient);
  const { got, handler } = noting();
  await consumeOn(other, subject, handler);
  await ackWaitsPass(nats.server.url, 3);
  slow.open();
  await vi.waitFor(() => expect(slow.got).toEqual(["a#1", "b#1"]), patient);
  expect(got).toEqual([]);
});

test("no more run than the concurrency, and no more wait", async () => {
  await using bus = await busAt(nats.server.url);
  const subject = unusedSubject();
  const slow = gated();
  await publishAll(
    bus,
    subject,
    Array.from({ length: 30 }, (_, index) => `${index}`),
  );
  await consumeOn(bus, subject, slow.handler, 3);
  await vi.waitFor(async () => expect(await ackPending(subject)).toBe(6), patient);
  expect(slow.got).toHaveLength(3);
  slow.open();
  await vi.waitFor(() => expect(slow.got).toHaveLength(30), patient);
  await vi.waitFor(async () => expect(await ackPending(subject)).toBe(0), patient);
});

test("a stopping replica hands back at once what it has not started, and finishes what it has", async () => {
  await using bus = await busAt(nats.server.url, longWait);
  await using other = await busAt(nats.server.url, longWait);
  const subject = unusedSubject();
  const slow = gated();
  const consumption = await consumeOn(bus, subject, slow.handler, 2);
  // There is room for a fourth: the server still holds a request when the replica stops.
  await publishAll(bus, subject, ["a", "b", "c"]);
  await vi.waitFor(async () => expect(await ackPending(subject)).toBe(3), patient);
  let isStopped = false;
  const stopped = consumption.stop().then(() => (isStopped = true));
  await vi.waitFor(() => expect(bus.counted("handedBack")).toBe(1), patient);
  const { got, handler } = noting();
  await consumeOn(other, subject, handler);
  await vi.waitFor(() => expect(got).toEqual(["c#2"]), patient);
  expect({ isStopped, stopping: slow.stopping() }).toEqual({ isStopped: false, stopping: true });
  slow.open();
  await stopped;
  expect(await ackPending(subject)).toBe(0);
  expect(slow.got).toEqual(["a#1", "b#1"]);
});

test("a stopping replica that acknowledges what it has not started loses it", async () => {
  await using bus = await busAt(nats.server.url, longWait, { unstarted: "acknowledge" });
  await using other = await busAt(nats.server.url, longWait);
  const subject = unusedSubject();
  const slow = gated();
  const consumption = await consumeOn(bus, subject, slow.handler);
  await publishAll(bus, subject, ["a", "b"]);
  await vi.waitFor(async () => expect(await ackPending(subject)).toBe(2), patient);
  slow.open();
  await consumption.stop();
  expect(await ackPending(subject)).toBe(0);
  const { got, handler } = noting();
  await consumeOn(other, subject, handler);
  await publishAll(bus, subject, ["c"]);
  await vi.waitFor(() => expect(got).toEqual(["c#1"]), patient);
  expect(slow.got).toEqual(["a#1"]);
  expect(bus.counted("handedBack")).toBe(0);
});

test("replicas that stop one after the other under load lose nothing, and do nothing twice", async () => {
  const subject = unusedSubject();
  await using publisher = await busAt(nats.server.url, longWait);
  const done: string[] = [];
  const handler: Handler = async ({ body }) => {
    await systemClock().sleep(5);
    done.push(body);
    return "done";
  };
  const bodies = Array.from({ length: 300 }, (_, index) => `${index}`);
  await publishAll(publisher, subject, bodies);
  let handedBack = 0;
  for (let round = 1; round <= 5; round++) {
    const before = done.length;
    await using bus = await busAt(nats.server.url, longWait);
    const consumption = await consumeOn(bus, subject, handler, 8);
    await vi.waitFor(() => expect(done.length).toBeGreaterThanOrEqual(before + 20), patient);
    await consumption.stop();
    handedBack += bus.counted("handedBack");
  }
  expect(handedBack).toBeGreaterThan(0);
  await consumeOn(publisher, subject, handler, 8);
  await vi.waitFor(() => expect(done.length).toBeGreaterThanOrEqual(300), patient);
  expect(done.toSorted()).toEqual(bodies.toSorted());
});

test("later comes again after its delay, and a rejected message never", async () => {
  await using bus = await busAt(nats.server.url, longWait);
  const subject = unusedSubject();
  const got: string[] = [];
  await consumeOn(bus, subject, ({ body, deliveries }) => {
    got.push(`${body}#${deliveries}`);
    if (body === "bad") return Promise.resolve({ reject: "nobody can read it" });
    return Promise.resolve(deliveries === 1 ? { later: 50 } : "done");
  });
  await publishAll(bus, subject, ["bad", "good"]);
  await vi.waitFor(() => expect(got).toEqual(["bad#1", "good#1", "good#2"]), patient);
  await vi.waitFor(async () => expect(await ackPending(subject)).toBe(0), patient);
  expect(bus.logged.join()).toContain("nobody can read it");
});

test("a handler that throws gets its message again, with a growing backoff, and harms no other", async () => {
  await using bus = await busAt(nats.server.url, longWait);
  const subject = unusedSubject();
  const { got, handler } = noting();
  await consumeOn(bus, subject, async (delivery) => {
    const disposition = await handler(delivery);
    if (delivery.body === "poison" && delivery.deliveries < 4) throw new Error("cannot digest this");
    return disposition;
  });
  await publishAll(bus, subject, ["poison", "food"]);
  await vi.waitFor(() => expect(got).toContain("poison#4"), patient);
  expect(got).toEqual(["poison#1", "food#1", "poison#2", "poison#3", "poison#4"]);
  expect(bus.counted("handlerFailures")).toBe(3);
  const failures = bus.logged.filter((line) => line.includes("cannot digest this"));
  expect(failures.map((line) => /"later":(\d+)/.exec(line)?.[1])).toEqual(["100", "200", "400"]);
});

test("a message that waited in memory while the process was paused is dropped, not started", async () => {
  const clock = jumpingClock();
  await using bus = await busAt(nats.server.url, { NATS_JS_ACK_WAIT: "3s" }, { clock });
  const subject = unusedSubject();
  const slow = gated();
  await consumeOn(bus, subject, slow.handler);
  await publishAll(bus, subject, ["a", "b"]);
  await vi.waitFor(async () => expect(await ackPending(subject)).toBe(2), patient);
  clock.jump(3_000);
  slow.open();
  await vi.waitFor(() => expect(slow.got).toEqual(["a#1", "b#2"]), patient);
  expect(bus.counted("staleDrops")).toBe(1);
});

test("a message that lay in the socket while the process was paused is dropped, not started", async () => {
  await using bus = await busAt(nats.server.url, shortWait);
  const subject = unusedSubject();
  await using paused = consumingProcess(nats.server.url, subject);
  await publishAll(bus, subject, ["a"]);
  await vi.waitFor(() => expect(paused.said()).toContain("a#1"), patient);
  await vi.waitFor(async () => expect(await ackPending(subject)).toBe(0), patient);
  await paused.pause();
  await publishAll(bus, subject, ["b"]);
  await vi.waitFor(async () => expect(await ackPending(subject)).toBe(1), patient);
  const { got, handler } = noting();
  const consumption = await consumeOn(bus, subject, handler);
  await vi.waitFor(() => expect(got).toEqual(["b#2"]), patient);
  await consumption.stop();
  paused.resume();
  await publishAll(bus, subject, ["c"]);
  await vi.waitFor(() => expect(paused.said()).toContain("c#"), patient);
  expect(paused.said()).not.toContain("b#");
});

test("a message that is read before the process notices that it was paused is dropped too", async () => {
  const clock = { ...jumpingClock(), every: silentClock().every };
  await using bus = await busAt(nats.server.url, longWait, { clock });
  const subject = unusedSubject();
  const { got, handler } = noting();
  await consumeOn(bus, subject, handler);
  await publishAll(bus, subject, ["a"]);
  await vi.waitFor(() => expect(got).toEqual(["a#1"]), patient);
  clock.jump(3_600_000);
  await publishAll(bus, subject, ["b"]);
  await vi.waitFor(() => expect(bus.counted("staleDrops")).toBe(1), patient);
  expect(got).toEqual(["a#1"]);
});

test("a consumer that exists keeps its own acknowledgement wait, also for those that come later", async () => {
  const subject = unusedSubject();
  await using first = await busAt(nats.server.url, shortWait);
  await (await consumeOn(first, subject, noting().handler)).stop();
  await using second = await busAt(nats.server.url, longWait);
  const slow = gated();
  await consumeOn(second, subject, slow.handler);
  await publishAll(second, subject, ["a"]);
  await vi.waitFor(() => expect(slow.got).toEqual(["a#1"]), patient);
  await ackWaitsPass(nats.server.url, 2);
  slow.open();
  await vi.waitFor(async () => expect(await ackPending(subject)).toBe(0), patient);
  expect(slow.got).toEqual(["a#1"]);
});
