import { expect, test } from "vitest";

import type { WindowFigures } from "../../../capacity/mod.ts";
import { sweep } from "./sweep.ts";
import { aWindow } from "./window.test-support.ts";

const rule = { waitMsMost: 100 };

/** A bus that carries up to some load. */
function carriesUpTo(limit: number): { measure: (load: number) => Promise<WindowFigures>; tried: number[] } {
  const tried: number[] = [];
  const measure = (load: number): Promise<WindowFigures> => {
    tried.push(load);
    return Promise.resolve(aWindow({ offeredPerSecond: 100 * load, hottestWait: waiting(load <= limit ? 50 : 500) }));
  };
  return { measure, tried };
}

function waiting(p99Ms: number): WindowFigures["hottestWait"] {
  return { messages: 100, meanMs: 1, p50Ms: 0, p99Ms };
}

test("it climbs until a load is too much, then looks into the gap twice", async () => {
  const { measure, tried } = carriesUpTo(0.87);
  const { knee, steps } = await sweep([0.9, 0.7, 0.8, 1], rule, measure);
  expect(tried).toEqual([0.7, 0.8, 0.9, 0.9, 0.85, 0.875, 0.875]);
  expect(knee).toMatchObject({ at: 85, below: 80, above: 87.5 });
  expect(steps).toHaveLength(5);
});

test("where the first load is too much, it retreats", async () => {
  const { measure, tried } = carriesUpTo(0.2);
  expect((await sweep([0.6, 0.8], rule, measure)).knee).toMatchObject({ at: 18.8, above: 22.5 });
  expect(tried).toEqual([0.6, 0.6, 0.3, 0.3, 0.15, 0.225, 0.225, 0.188]);
});

test("it gives up on a bus that carries nothing, and needs no more than the plan for one that carries all", async () => {
  const nothing = carriesUpTo(0);
  expect((await sweep([0.8], rule, nothing.measure)).knee.at).toBeUndefined();
  expect(nothing.tried).toEqual([0.8, 0.8, 0.4, 0.4, 0.2, 0.2, 0.1, 0.1]);
  const all = carriesUpTo(9);
  expect((await sweep([0.8, 1.2], rule, all.measure)).knee).toMatchObject({ at: 120, above: undefined });
  expect(all.tried).toEqual([0.8, 1.2]);
});

test("one hiccup is no knee: the second look counts", async () => {
  const { measure } = carriesUpTo(9);
  let hiccups = 1;
  const hiccup = (load: number): Promise<WindowFigures> =>
    load === 0.8 && hiccups-- > 0 ? Promise.resolve(aWindow({ hottestWait: waiting(900) })) : measure(load);
  expect((await sweep([0.7, 0.8, 0.9], rule, hiccup)).knee).toMatchObject({ at: 90, above: undefined });
});
