import { expect, test } from "vitest";

import { ManualClock, quiet } from "../scheduler/manual-clock.test-support.ts";
import { Bell } from "./bell.ts";

const never = new AbortController().signal;

test("a ring wakes whoever waits, and ends the wait's timer", async () => {
  const clock = new ManualClock();
  const bell = new Bell(clock);
  const waiting = bell.wait(100, never);
  bell.ring();
  expect(await waiting).toBe(true);
  expect(clock.pending).toBe(0);
});

test("without a ring the wait is over after its time", async () => {
  const clock = new ManualClock();
  const waiting = new Bell(clock).wait(100, never);
  await clock.advance(100);
  expect(await waiting).toBe(false);
});

test("a ring that finds nobody waiting is kept for one wait", async () => {
  const clock = new ManualClock();
  const bell = new Bell(clock);
  bell.ring();
  bell.ring();
  expect(await bell.wait(100, never)).toBe(true);
  let isOver = false;
  void bell.wait(100, never).then(() => (isOver = true));
  await quiet();
  expect(isOver).toBe(false);
});

test("nobody waits beyond the signal", async () => {
  const clock = new ManualClock();
  const over = new AbortController();
  const waiting = new Bell(clock).wait(100, over.signal);
  over.abort();
  expect(await waiting).toBe(false);
  expect(await new Bell(clock).wait(100, over.signal)).toBe(false);
  expect(clock.pending).toBe(0);
});
