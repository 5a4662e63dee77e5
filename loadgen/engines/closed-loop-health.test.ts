import { expect, test } from "vitest";

import { engineHealth } from "./closed-loop-health.ts";

const kept = { planned: 1_000, sent: 1_000, plannedMs: 10_000, tookMs: 10_400 };

test("an engine that sent everything in time is healthy", () => {
  expect(engineHealth(kept)).toMatchObject({ healthy: true, operations: 1_000, dropped: 0 });
  expect(engineHealth({ ...kept, sent: 1_003 })).toMatchObject({ healthy: true, dropped: 0 });
});

test("one that sent too little, or took too long, is not, and says why", () => {
  expect(engineHealth({ ...kept, sent: 980 })).toMatchObject({
    healthy: false,
    dropped: 20,
    because: "The load generator did not keep its rate: 20 of 1000 operations were never sent.",
  });
  const slow = engineHealth({ ...kept, tookMs: 13_100 });
  expect(slow.because).toBe("The load generator did not keep its rate: 1000 operations took 13.1 s instead of 10.0 s.");
  expect(engineHealth({ ...kept, tookMs: 12_900 }).healthy).toBe(true);
  expect(engineHealth({ ...kept, tookMs: 8_700 }).healthy).toBe(false);
  expect(engineHealth({ ...kept, tookMs: 9_000 }).healthy).toBe(true);
  expect(engineHealth({ ...kept, sent: 1_100 }).because).toMatch("1100 operations were sent instead of 1000");
});
