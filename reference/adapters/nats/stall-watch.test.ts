import { expect, test } from "vitest";

import { jumpingClock } from "./bus.test-support.ts";
import { StallWatch } from "./stall-watch.ts";

test("standing still for the limit is a stall, until the next tick", () => {
  const clock = jumpingClock();
  const watch = new StallWatch(clock, 60_000);
  expect(watch.stalled()).toBe(false);
  clock.jump(60_000);
  expect(watch.stalled()).toBe(true);
  watch.tick();
  expect(watch.stalled()).toBe(false);
});
