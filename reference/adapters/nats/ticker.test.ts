import { expect, test } from "vitest";

import { manualClock } from "../redis/manual-clock.test-support.ts";
import { Ticker } from "./ticker.ts";

test("does all its tasks each period, with one timer, for as long as there are any", async () => {
  const clock = manualClock();
  const ticker = new Ticker(clock, 250);
  const done: string[] = [];
  const one = ticker.add(() => done.push("one"));
  const other = ticker.add(() => done.push("other"));
  await clock.pass(500);
  expect(done).toEqual(["one", "other", "one", "other"]);
  one.cancel();
  await clock.pass(250);
  expect(done).toHaveLength(5);
  other.cancel();
  await clock.pass(1_000);
  expect(done).toHaveLength(5);
  ticker.add(() => done.push("again"));
  await clock.pass(250);
  expect(done.at(-1)).toBe("again");
});
