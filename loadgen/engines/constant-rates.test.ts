import { expect, test } from "vitest";

import type { Load } from "../load.ts";
import { lasting, poisson, uniform } from "../shapes.ts";
import { constantRates } from "./constant-rates.ts";
import { openEngine } from "./open.ts";

const load = (fields: Partial<Load> = {}): Load => ({
  name: "steady",
  arrivals: uniform("100/s", lasting("10s")),
  ...fields,
});

test("a load becomes one rate for each gateway, by its split", () => {
  const even = constantRates([load()], 2, "k6");
  expect(even).toMatchObject([
    { gateway: 0, startMs: 0, lastingMs: 10_000, perSecond: 50, count: 500 },
    { gateway: 1, startMs: 0, lastingMs: 10_000, perSecond: 50, count: 500 },
  ]);
  const uneven = constantRates([load({ split: [9, 1] })], 2, "k6");
  expect(uneven.map(({ count }) => count)).toEqual([900, 100]);
  expect(constantRates([load({ split: [1, 0] })], 2, "k6")).toHaveLength(1);
});

test.each([3, 4, 7])("the counts of %d gateways add up to the load's", (gateways) => {
  const ten = load({ arrivals: uniform("10/s", () => 10) });
  const counts = constantRates([ten], gateways, "k6").map(({ count }) => count);
  expect(counts.reduce((sum, each) => sum + each, 0)).toBe(10);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
});

test("each load begins after the one before it, unless it says when", () => {
  const loads = [load({ name: "a" }), load({ name: "b", arrivals: poisson("10/s", lasting("2s")) })];
  const third = load({ name: "c", startAt: "1s" });
  const rates = constantRates([...loads, third], 1, "autocannon");
  expect(rates.map(({ startMs, lastingMs }) => [startMs, lastingMs])).toEqual([
    [0, 10_000],
    [10_000, 2_000],
    [1_000, 10_000],
  ]);
});

test("a load over the bus goes to no gateway, and by k6 alone", async () => {
  const overBus = load({ via: "bus" });
  expect(constantRates([overBus], 2, "k6")).toMatchObject([{ count: 1_000, perSecond: 100 }]);
  expect(() => constantRates([overBus], 2, "autocannon")).toThrow(
    'autocannon cannot send the load "steady" over the bus',
  );
  expect(() => openEngine.assertCanSend([overBus], 2)).toThrow("open cannot send");
});
