import { expect, test, vi } from "vitest";

import { useNats } from "../../../test/servers.ts";
import { OutcomeUnknown, Unavailable } from "../../ports/mod.ts";
import { busAt, managerAt, unusedSubject, whilePaused } from "./bus.test-support.ts";

const nats = useNats();

async function storedOn(subject: string): Promise<number> {
  await using manager = await managerAt(nats.server.url);
  const { state } = await manager.streams.info("CORDUM_JOBS", { subjects_filter: subject });
  return Object.values(state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
}

test("each message gets its own receipt", async () => {
  await using bus = await busAt(nats.server.url);
  const subject = unusedSubject();
  const receipts = await Promise.all(
    Array.from({ length: 50 }, (_, index) => bus.publish({ subject, body: `${index}` })),
  );
  const sequences = receipts.map((receipt) => receipt.sequence);
  expect(sequences).toEqual(Array.from({ length: 50 }, (_, index) => sequences[0]! + index));
  expect(await storedOn(subject)).toBe(50);
});

test("a message id is stored once, and the second receipt says so", async () => {
  await using bus = await busAt(nats.server.url);
  const subject = unusedSubject();
  const first = await bus.publish({ subject, body: "a", id: `${subject}:1` });
  const second = await bus.publish({ subject, body: "a", id: `${subject}:1` });
  expect([first.duplicate, second.duplicate]).toEqual([false, true]);
  expect(second.sequence).toBe(first.sequence);
  expect(bus.counted("duplicatePublishes")).toBe(1);
  expect(await storedOn(subject)).toBe(1);
});

test("without a message id, the same message is stored twice", async () => {
  await using bus = await busAt(nats.server.url);
  const subject = unusedSubject();
  await bus.publish({ subject, body: "a" });
  await bus.publish({ subject, body: "a" });
  expect(await storedOn(subject)).toBe(2);
});

test("a lost receipt is an unknown outcome, and the message id resolves it", async () => {
  await using bus = await busAt(nats.server.url, { NATS_PUBLISH_TIMEOUT: "200ms" });
  const message = { subject: unusedSubject(), body: "a", id: unusedSubject() };
  await whilePaused(nats.server, async () => {
    await expect(bus.publish(message)).rejects.toBeInstanceOf(OutcomeUnknown);
  });
  await vi.waitFor(async () => expect((await bus.publish(message)).duplicate).toBe(true), { timeout: 10_000 });
  expect(await storedOn(message.subject)).toBe(1);
});

test("a subject that no stream has is unavailable: surely not stored", async () => {
  await using bus = await busAt(nats.server.url);
  await expect(bus.publish({ subject: "nobody.listens", body: "a" })).rejects.toBeInstanceOf(Unavailable);
});

test("what the stream refuses is unavailable, and its words are the cause", async () => {
  await using bus = await busAt(nats.server.url);
  await using manager = await managerAt(nats.server.url);
  await manager.streams.update("CORDUM_SYS", { max_msg_size: 10 });
  const refused = bus.publish({ subject: "sys.job.submit", body: "more than ten bytes" });
  await expect(refused).rejects.toSatisfy((thrown) => {
    return thrown instanceof Unavailable && /size exceeds/.test(String(thrown.cause));
  });
  await expect(bus.publish({ subject: "sys.job.submit", body: "fits" })).resolves.toBeDefined();
});

test("a message that is too large never leaves, and harms nobody", async () => {
  await using bus = await busAt(nats.server.url);
  const subject = unusedSubject();
  await expect(bus.publish({ subject, body: "x".repeat(2_000_000) })).rejects.toBeInstanceOf(Unavailable);
  await expect(bus.publish({ subject, body: "x" })).resolves.toBeDefined();
});

test("at most 4096 messages are in flight; one more is refused", async () => {
  await using bus = await busAt(nats.server.url, { NATS_PUBLISH_TIMEOUT: "30s" });
  const subject = unusedSubject();
  const inFlight: Promise<unknown>[] = [];
  await whilePaused(nats.server, async () => {
    for (let index = 0; index < 4_096; index++) inFlight.push(bus.publish({ subject, body: "" }));
    await expect(bus.publish({ subject, body: "" })).rejects.toBeInstanceOf(Unavailable);
  });
  await Promise.all(inFlight);
  expect(await storedOn(subject)).toBe(4_096);
});
