import fc from "fast-check";
import { expect, test } from "vitest";

import { RememberedKeys } from "./remembered-keys.ts";

const first = { id: "m-1", shard: 3 };

test("a key is known until its time is over, to the millisecond", () => {
  const keys = new RememberedKeys({ ttlMs: 1_000, max: 10 });
  keys.remember("k", first, 500);
  expect(keys.find("k", 1_499)).toMatchObject(first);
  expect(keys.find("k", 1_500)).toBeUndefined();
});

test("asking for a key does not prolong it", () => {
  const keys = new RememberedKeys({ ttlMs: 1_000, max: 10 });
  keys.remember("k", first, 0);
  for (let atMs = 100; atMs < 1_000; atMs += 100) expect(keys.find("k", atMs)).toMatchObject(first);
  expect(keys.find("k", 1_000)).toBeUndefined();
});

test("of too many, the least recently used goes first", () => {
  const keys = new RememberedKeys({ ttlMs: 1_000, max: 2 });
  keys.remember("a", first, 0);
  keys.remember("b", first, 1);
  keys.find("a", 2);
  keys.remember("c", first, 3);
  expect(["a", "b", "c"].filter((key) => keys.find(key, 4))).toEqual(["a", "c"]);
});

test("a key that was forgotten is new", () => {
  const keys = new RememberedKeys({ ttlMs: 1_000, max: 2 });
  keys.remember("a", first, 0);
  keys.forget("a");
  expect(keys.find("a", 1)).toBeUndefined();
});

test("whatever is asked and remembered, there are never more than the maximum", () => {
  const use = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 9 }), fc.nat(50));
  fc.assert(
    fc.property(fc.array(use), fc.integer({ min: 1, max: 4 }), (uses, max) => {
      const keys = new RememberedKeys({ ttlMs: 200, max });
      let nowMs = 0;
      for (const [asks, key, forMs] of uses) {
        nowMs += forMs;
        if (asks) keys.find(`${key}`, nowMs);
        else keys.remember(`${key}`, first, nowMs);
        expect(keys.size).toBeLessThanOrEqual(max);
      }
    }),
  );
});
