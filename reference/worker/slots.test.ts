import { expect, it } from "vitest";

import { ManualClock, quiet } from "../scheduler/manual-clock.test-support.ts";
import { Slots } from "./slots.ts";

const never = new AbortController().signal;

it("slots are handed over in the order in which they were asked for", async () => {
  const slots = new Slots(new ManualClock(), 1);
  const got: string[] = [];
  await slots.take(1_000, never);
  const waits = ["first", "second"].map((name) => slots.take(1_000, never).then((taken) => taken && got.push(name)));
  slots.give();
  await quiet();
  expect(got).toEqual(["first"]);
  expect(slots.taken).toBe(1);
  slots.give();
  await Promise.all(waits);
  expect(got).toEqual(["first", "second"]);
  slots.give();
  expect(slots.taken).toBe(0);
});

it("nobody waits for a slot beyond the patience or the signal, or gets one afterwards", async () => {
  const clock = new ManualClock();
  const slots = new Slots(clock, 1);
  const stopping = new AbortController();
  await slots.take(0, never);
  const impatient = slots.take(100, never);
  const stopped = slots.take(1_000, stopping.signal);
  await clock.advance(100);
  expect(await impatient).toBe(false);
  stopping.abort();
  expect(await stopped).toBe(false);
  expect(await slots.take(1_000, stopping.signal)).toBe(false);
  slots.give();
  expect(slots.taken).toBe(0);
  expect(clock.pending).toBe(0);
});
