import fc from "fast-check";
import { expect, test } from "vitest";

import { interleave } from "./schedule.ts";

test("pairs take turns in who goes first", () => {
  const runs = interleave({ pairs: 4, again: 0, seed: "7" });
  expect(runs.map(({ side }) => side).join("")).toBe("abbaabba");
  expect(runs.map(({ pair }) => pair)).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
});

test("the runs of a pair have their seed in common, and no other pair has it", () => {
  const runs = interleave({ pairs: 3, again: 3, seed: "7" });
  const seeds = Map.groupBy(runs, ({ pair }) => pair);
  expect([...seeds.values()].map((pair) => new Set(pair.map(({ seed }) => seed)).size)).toEqual([1, 1, 1]);
  expect(new Set(runs.map(({ seed }) => seed)).size).toBe(3);
});

test("A against A is spread over the whole, and is in the middle of it all", () => {
  const runs = interleave({ pairs: 4, again: 2, seed: "7" });
  expect(runs.filter(({ side }) => side === "again").map(({ pair }) => pair)).toEqual([2, 4]);
});

test("there are as many runs as asked for, and over two pairs each tuning is as early as the other", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 40 }), (pairs, wanted) => {
      const again = Math.min(wanted, pairs);
      const runs = interleave({ pairs, again, seed: "s", from: 1 });
      const of = (side: string): number => runs.filter((run) => run.side === side).length;
      expect([of("a"), of("b"), of("again")]).toEqual([pairs, pairs, again]);
      const first = Array.from({ length: pairs }, (_, index) => runs.find(({ pair }) => pair === index + 1)?.side);
      expect(Math.abs(first.filter((side) => side === "a").length - pairs / 2)).toBeLessThanOrEqual(0.5);
    }),
  );
});
