import fc from "fast-check";
import { expect, test } from "vitest";

import { ClientWindows } from "./client-windows.ts";

test("a client may send its limit, and then waits until the oldest message leaves the window", () => {
  const windows = new ClientWindows({ messagesMax: 3, windowMs: 1_000 }, 10);
  for (const atMs of [0, 100, 200]) {
    expect(windows.waitMs("a", atMs)).toBe(0);
    windows.count("a", atMs);
  }
  expect(windows.waitMs("a", 300)).toBe(700);
  expect(windows.waitMs("b", 300)).toBe(0);
  expect(windows.waitMs("a", 999)).toBe(1);
  expect(windows.waitMs("a", 1_000)).toBe(0);
});

test("no stretch of the window's length ever has more than the limit, however the messages come", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { maxLength: 200 }), (gaps) => {
      const windows = new ClientWindows({ messagesMax: 5, windowMs: 100 }, 10);
      const passed: number[] = [];
      let nowMs = 0;
      for (const gapMs of gaps) {
        nowMs += gapMs;
        if (windows.waitMs("a", nowMs) > 0) continue;
        windows.count("a", nowMs);
        passed.push(nowMs);
      }
      for (const atMs of passed)
        expect(passed.filter((each) => each > atMs - 100 && each <= atMs).length).toBeLessThan(6);
    }),
  );
});

test("of too many clients the longest silent one is forgotten", () => {
  const windows = new ClientWindows({ messagesMax: 1, windowMs: 1_000 }, 2);
  windows.count("a", 0);
  windows.count("b", 1);
  windows.count("c", 2);
  expect(["a", "b", "c"].map((client) => windows.waitMs(client, 3) > 0)).toEqual([false, true, true]);
});
