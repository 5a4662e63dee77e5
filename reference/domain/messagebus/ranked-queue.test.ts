import fc from "fast-check";
import { expect, test } from "vitest";

import { RankedQueue, type Ranked } from "./ranked-queue.ts";

test("the most urgent comes first, and within a priority who came first", () => {
  const queue = new RankedQueue<Ranked>();
  for (const [order, priority] of [5, 9, 7, 10, 9, 5].entries()) queue.add({ priority, order });
  expect(takeAll(queue).map(({ priority, order }) => [priority, order])).toEqual([
    ...[[10, 3]],
    ...[[9, 1]],
    ...[[9, 4]],
    ...[[7, 2]],
    ...[[5, 0]],
    ...[[5, 5]],
  ]);
});

test("an empty queue gives nothing", () => {
  expect(new RankedQueue().take()).toBeUndefined();
});

test("however it is filled and emptied, it gives what a sorted list would", () => {
  const step = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant("take" as const));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const queue = new RankedQueue<Ranked>();
      const list: Ranked[] = [];
      for (const [order, what] of steps.entries()) {
        if (what === "take") expect(queue.take()).toBe(list.shift());
        else insert(queue, list, { priority: what, order });
        expect(queue.size).toBe(list.length);
      }
      expect(takeAll(queue)).toEqual(list);
    }),
  );
});

test("clearing gives everything and leaves nothing", () => {
  const queue = new RankedQueue<Ranked>();
  for (const order of [0, 1, 2]) queue.add({ priority: 0, order });
  expect(queue.clear()).toHaveLength(3);
  expect(queue.size).toBe(0);
  expect(queue.take()).toBeUndefined();
});

function insert(queue: RankedQueue<Ranked>, list: Ranked[], item: Ranked): void {
  queue.add(item);
  list.push(item);
  list.sort((one, other) => other.priority - one.priority || one.order - other.order);
}

function takeAll(queue: RankedQueue<Ranked>): Ranked[] {
  const taken: Ranked[] = [];
  for (let item = queue.take(); item; item = queue.take()) taken.push(item);
  return taken;
}
