import { expect, test } from "vitest";

import { systemClock } from "../../../core/mod.ts";
import type { PublishOrder } from "../bus/bus-messages.ts";
import { offer } from "./offer.ts";

const clock = systemClock();

test("every message is sent once, in order, never before it is due, and its lag is told", async () => {
  const orders: PublishOrder[] = [];
  const dueMs = Float64Array.from({ length: 100 }, (_, index) => index / 2);
  const topics = Int32Array.from(dueMs, (_, index) => index % 7);
  const beganAtMs = clock.now();
  const signal = new AbortController().signal;
  const lagMs = await offer({ dueMs, topics }, beganAtMs, {
    publish: (order) => void orders.push(order),
    clock,
    signal,
  });
  expect(orders.flatMap(({ messages }) => messages)).toEqual([...dueMs.keys()]);
  expect(orders.flatMap((order) => order.topics)).toEqual([...topics]);
  for (const { messages, sentAtMs } of orders) {
    for (const message of messages) {
      expect(sentAtMs).toBeGreaterThanOrEqual(beganAtMs + dueMs[message]!);
      expect(lagMs[message]).toBeCloseTo(sentAtMs - beganAtMs - dueMs[message]!, 6);
    }
  }
});

test("an abort ends it", async () => {
  const stop = new AbortController();
  const to = { publish: () => stop.abort(new Error("stopped")), clock, signal: stop.signal };
  const traffic = { dueMs: Float64Array.of(0, 1e9), topics: Int32Array.of(0, 0) };
  await expect(offer(traffic, clock.now(), to)).rejects.toThrow("stopped");
});
