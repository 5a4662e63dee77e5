import { expect, test } from "vitest";

import { systemClock } from "../../core/mod.ts";
import { ManualClock } from "../scheduler/manual-clock.test-support.ts";
import { messageBus } from "./mod.ts";
import { Turns } from "./turns.ts";

test("a bus that has been very busy for 20 ms waits for the others to have their turn, and goes on", async () => {
  const clock = new ManualClock();
  let turns = 0;
  const bus = new Turns(clock, () => (turns += 1));
  for (let count = 0; count < 600; count++) expect(bus.mayTake(19.9)).toBe(true);
  expect(bus.mayTake(20)).toBe(false);
  expect(bus.mayTake(21)).toBe(false);
  await clock.advance(0);
  expect(turns).toBe(1);
  expect(bus.mayTake(clock.now())).toBe(true);
});

test("a bus with slower handlers is never held up", () => {
  const bus = new Turns(new ManualClock(), () => {});
  const answers = Array.from({ length: 5_000 }, (_, index) => bus.mayTake(index / 20));
  expect(answers).not.toContain(false);
});

test("a burst long ago does not hold up what comes now", () => {
  const bus = new Turns(new ManualClock(), () => {});
  for (let count = 0; count < 5_000; count++) bus.mayTake(1);
  expect(bus.mayTake(10_000)).toBe(true);
});

test("timers run while handlers that never wait publish without end", async () => {
  const clock = systemClock();
  const bus = messageBus({ clock, shards: 2 });
  let goesOn = true;
  const again = (): void => void (goesOn && bus.publish({ topic: "a", payload: 1 }));
  bus.subscribe("a", async () => again());
  for (let count = 0; count < 100; count++) again();
  await clock.sleep(50);
  goesOn = false;
  expect(await bus.stop({ withinMs: 10_000 })).toMatchObject({ queued: 0, inHand: 0 });
  expect(bus.stats().ledger.delivered).toBeGreaterThan(100);
});
