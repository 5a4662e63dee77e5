import { expect, test } from "vitest";

import { bucketsUntil } from "./buckets.ts";
import type { Journey } from "./journeys.ts";
import { silences, waitingByBucket } from "./waiting.ts";

function journey(acknowledgedAt: number, effectAt?: number): Journey {
  const tookMs = effectAt === undefined ? undefined : effectAt - acknowledgedAt;
  return { job: "j", load: "l", acknowledgedAt, effectAt, tookMs };
}

test("a silence lasts from one effect to the next while work waits", () => {
  const found = silences([journey(0, 10), journey(5, 900), journey(6, 950)]);
  expect(found).toEqual([
    { fromMs: 0, toMs: 10 },
    { fromMs: 10, toMs: 900 },
    { fromMs: 900, toMs: 950 },
  ]);
});

test("time without work is no silence", () => {
  expect(silences([journey(0, 10), journey(5_000, 5_010)])).toEqual([
    { fromMs: 0, toMs: 10 },
    { fromMs: 5_000, toMs: 5_010 },
  ]);
});

test("a job without an effect makes no endless silence", () => {
  expect(silences([journey(0), journey(100, 110)])).toEqual([{ fromMs: 100, toMs: 110 }]);
});

test("an effect that precedes its acknowledgement is a silence of no length", () => {
  expect(silences([journey(20, 15)])).toEqual([{ fromMs: 15, toMs: 15 }]);
});

test("the jobs waiting at the end of each second", () => {
  const travelled = [journey(100, 200), journey(500, 2_500), journey(1_500, 2_600), journey(1_700)];
  expect(waitingByBucket(bucketsUntil(3_000), travelled)).toEqual([1, 2, 0]);
});
