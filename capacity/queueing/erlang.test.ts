import fc from "fast-check";
import { expect, test } from "vitest";

import { UsageError } from "../../core/mod.ts";
import { erlangB, erlangC } from "./erlang.ts";

test.each([
  // 32 pooled servers, then one of eight shards with 4 workers; the mean service time is 100 ms.
  [32, 16, 0.0003],
  [32, 22.4, 0.038],
  [32, 25.6, 0.1606],
  [32, 28.8, 0.4582],
  [4, 2, 0.1739],
  [4, 2.8, 0.4287],
  [4, 3.2, 0.5964],
  [4, 3.6, 0.7878],
])("of arrivals at %d servers under %d erlangs, a share of %d waits", (servers, load, share) => {
  expect(erlangC(servers, load)).toBeCloseTo(share, 4);
});

test("at few servers, the recursion is Erlang's sum", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (servers, rho) => {
      const load = rho * servers;
      expect(erlangB(servers, load)).toBeCloseTo(bySum(servers, load).lost, 10);
      expect(erlangC(servers, load)).toBeCloseTo(bySum(servers, load).delayed, 10);
    }),
  );
});

test("more load makes more wait, more servers fewer, and a share stays a share", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 600, noNaN: true }), (servers, load) => {
      const share = erlangC(servers, load);
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
      expect(erlangC(servers, load + 1)).toBeGreaterThanOrEqual(share);
      expect(erlangC(servers + 1, load)).toBeLessThanOrEqual(share);
    }),
  );
});

test("a hundred thousand servers overflow nothing, and an overloaded station lets everyone wait", () => {
  expect(erlangC(100_000, 99_000)).toBeGreaterThan(0);
  expect(erlangC(100_000, 99_000)).toBeLessThan(1);
  expect([erlangC(4, 4), erlangC(4, 400), erlangC(4, 0)]).toEqual([1, 1, 0]);
});

test("no server, and a load below nothing, are refused", () => {
  expect(() => erlangC(0, 1)).toThrow(UsageError);
  expect(() => erlangC(4, -1)).toThrow(UsageError);
  expect(() => erlangC(4, Number.NaN)).toThrow(UsageError);
});

/** The textbook's formulas, with their factorials. */
function bySum(servers: number, load: number): { lost: number; delayed: number } {
  const terms = [1];
  for (let k = 1; k <= servers; k++) terms.push(((terms[k - 1] ?? 0) * load) / k);
  const last = terms.at(-1) ?? 0;
  const all = terms.reduce((sum, term) => sum + term, 0);
  const waiting = last / (1 - load / servers);
  return { lost: last / all, delayed: waiting / (all - last + waiting) };
}
