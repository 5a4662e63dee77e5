import fc from "fast-check";
import { expect, test } from "vitest";

import { Trace } from "./trace.ts";

interface Step {
  readonly at: number;
  readonly who: string;
  readonly what: string;
  readonly detail: string;
  readonly size: number;
  readonly digest: number;
}

const steps: readonly Step[] = Array.from({ length: 100 }, (_, index) => ({
  at: index * 1.5,
  who: `replica-${index % 3}`,
  what: index % 2 === 0 ? "timer" : "from redis",
  detail: `GET ${index}`,
  size: index,
  digest: index * 7,
}));

function traceOf(some: readonly Step[], options = {}): Trace {
  const trace = new Trace(options);
  for (const { at, who, what, detail, size, digest } of some) trace.note(at, who, what, detail, size, digest);
  return trace;
}

test("the same steps have the same hash, whatever is kept of them", () => {
  const hash = traceOf(steps).hash();
  expect(hash).toMatch(/^[0-9a-f]{16}$/);
  expect([traceOf(steps, { all: true }).hash(), traceOf(steps, { last: 0 }).hash()]).toEqual([hash, hash]);
});

test("the hash changes with anything in any step, with a step less, and with two steps the other way round", () => {
  const hash = traceOf(steps).hash();
  const changes: ((step: Step) => Step)[] = [
    (step) => ({ ...step, at: step.at + 1e-6 }),
    (step) => ({ ...step, who: `${step.who}0` }),
    (step) => ({ ...step, what: "deliver" }),
    (step) => ({ ...step, detail: step.detail.replace("GET", "SET") }),
    (step) => ({ ...step, size: step.size + 1 }),
    (step) => ({ ...step, digest: step.digest + 1 }),
  ];
  const at = fc.integer({ min: 0, max: steps.length - 2 });
  fc.assert(
    fc.property(at, fc.constantFrom(...changes), (index, change) => {
      expect(traceOf(steps.with(index, change(steps[index]!))).hash()).not.toBe(hash);
      expect(traceOf(steps.toSpliced(index, 1)).hash()).not.toBe(hash);
      expect(traceOf(steps.toSpliced(index, 2, steps[index + 1]!, steps[index]!)).hash()).not.toBe(hash);
    }),
  );
});

test("of ten thousand different traces no two have the same hash", () => {
  const hashes = Array.from({ length: 10_000 }, (_, index) =>
    traceOf([{ at: index, who: "a", what: "b", detail: "", size: 0, digest: 0 }]).hash(),
  );
  expect(new Set(hashes).size).toBe(10_000);
});

test.each([0, 1, 39, 40, 41, 100])("of %i steps the last forty are kept, oldest first", (count) => {
  const some = steps.slice(0, count);
  expect(traceOf(some).entries()).toEqual(some.slice(-40));
  expect(traceOf(some, { last: 7 }).entries()).toEqual(some.slice(-7));
});

test("all of them are kept when that is asked for, and none", () => {
  expect(traceOf(steps, { all: true }).entries()).toEqual(steps);
  expect(traceOf(steps, { last: 0 }).entries()).toEqual([]);
});
