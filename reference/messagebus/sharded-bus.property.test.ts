import fc from "fast-check";
import { expect, test } from "vitest";

import { BusModel, type Step } from "./bus-model.test-support.ts";
import { missing } from "./mod.ts";

const which = fc.nat(20);
const publish = fc.record({
  ...{ kind: fc.constant("publish" as const), topic: fc.nat(4), priority: fc.constantFrom(0, 0, 3, 5, 9) },
  key: fc.option(fc.nat(6), { nil: undefined, freq: 2 }),
});
const ending = fc.record({ kind: fc.constantFrom("take" as const, "refuse" as const), which });
const advance = fc.record({ kind: fc.constant("advance" as const), forMs: fc.nat(60) });
const shards = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 5 }));
const resize = fc.record({ kind: fc.constant("resize" as const), shards });
const pause = fc.record({ kind: fc.constantFrom("pause" as const, "resume" as const), shard: which });
const replay = fc.record({ kind: fc.constant("replay" as const), limit: fc.integer({ min: 1, max: 5 }) });
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: publish, weight: 12 },
  { arbitrary: ending, weight: 9 },
  { arbitrary: advance, weight: 3 },
  { arbitrary: resize, weight: 2 },
  { arbitrary: pause, weight: 1 },
  { arbitrary: replay, weight: 1 },
);
const steps = fc.array(step, { minLength: 20, maxLength: 150, size: "max" });

test("whatever happens, each accepted message is in one place, and in the end delivered or dead", async () => {
  let [delivered, dead, drained] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      const model = new BusModel();
      await model.run(plan);
      await model.finish();
      expect(model.problems).toEqual([]);
      const { ledger } = model.trial.bus.stats();
      expect(ledger.delivered + ledger.deadLettered).toBe(model.accepted);
      expect(new Set(model.delivered).size, "each id is delivered once").toBe(model.delivered.length);
      delivered += ledger.delivered;
      dead += ledger.deadLettered;
      drained += model.drained;
    }),
    { numRuns: 60 },
  );
  expect(delivered, "the plans get somewhere").toBeGreaterThan(500);
  expect(dead).toBeGreaterThan(20);
  expect(drained).toBeGreaterThan(20);
});

test("however it is stopped, each accepted message was delivered, is dead, or is given back, and only one of these", async () => {
  let givenBack = 0;
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(50), async (plan, withinMs) => {
      const model = new BusModel();
      await model.run(plan);
      expect(model.problems).toEqual([]);
      const leftover = await model.stop(withinMs);
      const { ledger, deadLetters } = model.trial.bus.stats();
      expect(missing(ledger)).toBe(0);
      expect(ledger.delivered + ledger.deadLettered + leftover.messages.length).toBe(model.accepted);
      expect(leftover.messages).toHaveLength(leftover.queued + leftover.inBackoff + leftover.inHand);
      const ids = [
        ...model.delivered,
        ...leftover.messages.map(({ id }) => id),
        ...model.trial.bus.deadLetters({ limit: deadLetters.held }).map(({ id }) => id),
      ];
      expect(new Set(ids).size, "no id is in two places").toBe(ids.length);
      givenBack += leftover.messages.length;
    }),
    { numRuns: 60 },
  );
  expect(givenBack, "the plans leave something").toBeGreaterThan(100);
});
