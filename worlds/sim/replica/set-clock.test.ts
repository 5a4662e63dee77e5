import { expect, test } from "vitest";

import { quietConditions } from "../conditions.ts";
import { simulated } from "../kernel.test-support.ts";
import { setClock } from "./set-clock.ts";

/** How far clocks are off after ten seconds: wall clocks in ms, and how many ms have passed on them. */
function clocksAfterTenSeconds(conditions: { skewMaxMs?: number; driftMax?: number }): Promise<[number, number][]> {
  return simulated(async ({ kernel }) => {
    const realms = ["gateway-1", "worker-1", "worker-2"].map((name) => kernel.realm(name));
    for (const realm of realms) {
      setClock(realm, { ...quietConditions, ...conditions }, kernel.random(`clock/${realm.name}`));
    }
    await kernel.clock.sleep(10_000);
    return realms.map(({ clock }) => [clock.unixMs() - kernel.clock.unixMs(), clock.now()]);
  });
}

test("without conditions the clocks are right", async () => {
  expect(await clocksAfterTenSeconds({})).toEqual([
    [0, 10_000],
    [0, 10_000],
    [0, 10_000],
  ]);
});

test("a skew is on wall clocks alone, up to its limit either way, another on each machine", async () => {
  const clocks = await clocksAfterTenSeconds({ skewMaxMs: 500 });
  expect(new Set(clocks.map(([off]) => off)).size).toBe(3);
  for (const [off, passed] of clocks) {
    expect(Math.abs(off)).toBeLessThanOrEqual(500);
    expect(passed).toBe(10_000);
  }
});

test("a drift makes clocks fast or slow, up to its limit", async () => {
  const clocks = await clocksAfterTenSeconds({ driftMax: 0.01 });
  expect(new Set(clocks.map(([, passed]) => passed)).size).toBe(3);
  for (const [, passed] of clocks) expect(Math.abs(passed - 10_000)).toBeLessThanOrEqual(100);
});
