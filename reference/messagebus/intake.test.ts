import { expect, test } from "vitest";

import { quiet } from "../scheduler/manual-clock.test-support.ts";
import { busOnTrial, idOf } from "./bus-on-trial.test-support.ts";

const mebibyte = 1_048_576;

test.each([
  ["plain text", "x".repeat(mebibyte - 2)],
  ["text of two bytes a character", "ü".repeat(mebibyte / 2 - 1)],
  ["text that JSON writes with six bytes a character", `${"\u0001".repeat(174_762)}xx`],
  ["an object", { text: "x".repeat(mebibyte - 11) }],
])("a mebibyte of %s is accepted, and a byte more is not", (_what, payload) => {
  const { bus } = busOnTrial();
  expect(Buffer.byteLength(JSON.stringify(payload))).toBe(mebibyte);
  const larger = typeof payload === "string" ? `${payload}x` : { text: `${payload.text}x` };
  expect(bus.publish({ topic: "a", payload })).toMatchObject({ accepted: true });
  const refused = { accepted: false, status: 413, reason: "payload_too_large" };
  expect(bus.publish({ topic: "a", payload: larger })).toEqual(refused);
});

test("a payload that is nested too deeply to be written is too large", () => {
  let payload: unknown = null;
  for (let level = 0; level < 100_000; level++) payload = [payload];
  expect(busOnTrial().bus.publish({ topic: "a", payload })).toMatchObject({ status: 413 });
});

test.each(["topic", "idempotencyKey", "client"])("a %s has at most 256 characters", (name) => {
  const { bus } = busOnTrial();
  const message = { topic: "a", payload: null };
  expect(bus.publish({ ...message, [name]: "x".repeat(256) })).toMatchObject({ accepted: true });
  const tooLong = bus.publish({ ...message, [name]: "x".repeat(257) });
  expect(tooLong).toEqual({ accepted: false, status: 413, reason: "name_too_long" });
});

test("a priority that is no number, and a payload that is no JSON, are bugs of the caller", () => {
  const { bus } = busOnTrial();
  const circle: unknown[] = [];
  circle.push(circle);
  expect(() => bus.publish({ topic: "a", payload: 1, priority: Number.NaN })).toThrow("a priority is a finite number");
  expect(() => bus.publish({ topic: "a", payload: circle })).toThrow(TypeError);
  expect(bus.stats()).toMatchObject({ ledger: { accepted: 0 }, refused: 0 });
});

test("a duplicate gets the first one's answer, and is not delivered", async () => {
  const { bus, reports } = busOnTrial();
  bus.subscribe("a", async () => {});
  const message = { topic: "a", payload: 1, idempotencyKey: "k" };
  const first = bus.publish(message);
  await quiet();
  expect(first).toMatchObject({ accepted: true, duplicate: false });
  expect(bus.publish(message)).toEqual({ ...first, duplicate: true });
  await quiet();
  expect(reports).toHaveLength(1);
  expect(bus.stats()).toMatchObject({ ledger: { accepted: 1 }, duplicates: 1 });
});

test("a key is forgotten an hour after its first message, however often it came since", async () => {
  const { bus, clock } = busOnTrial();
  const message = { topic: "a", payload: 1, idempotencyKey: "k" };
  const first = idOf(bus.publish(message));
  for (let minute = 0; minute < 59; minute++) {
    await clock.advance(60_000);
    expect(bus.publish(message)).toMatchObject({ id: first, duplicate: true });
  }
  await clock.advance(60_000);
  expect(bus.publish(message)).toMatchObject({ accepted: true, duplicate: false });
});

test("the key of a message that was refused is not remembered", async () => {
  const { bus } = busOnTrial({ shards: 1 });
  bus.pause(0);
  const message = { topic: "a", payload: 1, idempotencyKey: "k" };
  expect(bus.publish(message)).toMatchObject({ accepted: false });
  bus.resume(0);
  expect(bus.publish(message)).toMatchObject({ accepted: true, duplicate: false });
});

test("a duplicate is answered even where its shard refuses what is new", () => {
  const { bus } = busOnTrial({ shards: 1 });
  const message = { topic: "a", payload: 1, idempotencyKey: "k" };
  const first = bus.publish(message);
  bus.pause(0);
  expect(bus.publish(message)).toEqual({ ...first, duplicate: true });
});

test("clients have no limit unless one is set, and messages without a client never have", async () => {
  const free = busOnTrial({ queueSizeMax: 10_000 }).bus;
  const limited = busOnTrial({ clientLimit: { messagesMax: 3, windowMs: 60_000 } }).bus;
  const answers = (bus: typeof free, client?: string): boolean[] =>
    Array.from({ length: 5 }, () => bus.publish({ topic: "a", payload: 1, ...(client && { client }) }).accepted);
  expect(answers(free, "c")).toEqual([true, true, true, true, true]);
  expect(answers(limited)).toEqual([true, true, true, true, true]);
  expect(answers(limited, "c")).toEqual([true, true, true, false, false]);
  expect(answers(limited, "d")).toEqual([true, true, true, false, false]);
});

test("a client over its limit is told when to come back, and only accepted messages count", async () => {
  const { bus, clock } = busOnTrial({ shards: 1, clientLimit: { messagesMax: 2, windowMs: 60_000 } });
  const message = { topic: "a", payload: 1, client: "c" };
  bus.pause(0);
  for (let count = 0; count < 5; count++) expect(bus.publish(message)).toMatchObject({ reason: "shard_paused" });
  bus.resume(0);
  bus.publish({ ...message, idempotencyKey: "k" });
  for (let count = 0; count < 5; count++) bus.publish({ ...message, idempotencyKey: "k" });
  await clock.advance(20_000);
  expect(bus.publish(message)).toMatchObject({ accepted: true });
  expect(bus.publish(message)).toEqual({ accepted: false, status: 429, reason: "rate_limit", retryAfterMs: 40_000 });
  await clock.advance(40_000);
  expect(bus.publish(message)).toMatchObject({ accepted: true });
});
