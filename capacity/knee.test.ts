import { expect, test } from "vitest";

import { findKnee, type LoadStep } from "./knee.ts";

const rule = { waitMsMost: 250 };

test("the knee is the last load carried, between its neighbours", () => {
  const knee = findKnee([step(300, 0.8, 900), step(100), step(200, 1, 240), step(250, 0.99, 400)], rule);
  expect(knee).toEqual({
    at: 200,
    below: 100,
    above: 250,
    because: "the hottest shard's p99 wait is 400 ms, above 250 ms",
  });
});

test("a shard that does not follow is the knee too, however short its wait", () => {
  const knee = findKnee([step(100), step(200, 0.94)], rule);
  expect(knee).toMatchObject({ at: 100, above: 200, because: "a shard delivers only 94 % of what it is offered" });
});

test("a load above one that was too much does not count, though it went well", () => {
  expect(findKnee([step(100), step(200, 1, 251), step(300)], rule).at).toBe(100);
});

test("there may be no knee: everything carried, nothing carried, nothing tried", () => {
  expect(findKnee([step(100), step(200)], rule)).toMatchObject({ at: 200, above: undefined, because: undefined });
  expect(findKnee([step(100, 0.5)], rule)).toMatchObject({ at: undefined, below: undefined, above: 100 });
  expect(findKnee([], rule)).toMatchObject({ at: undefined, above: undefined });
});

test("a load of which anything was refused is too much, however short the waits of the rest", () => {
  const knee = findKnee([step(100), step(200, 0.96, 10, 3)], { waitMsMost: 100 });
  expect(knee).toMatchObject({ at: 100, above: 200, because: "3 messages were refused" });
});

function step(offeredPerSecond: number, worstShardFollows = 1, hottestShardWaitMs = 10, refused = 0): LoadStep {
  return { offeredPerSecond, worstShardFollows, hottestShardWaitMs, refused };
}
