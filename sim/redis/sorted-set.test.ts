import fc from "fast-check";
import { expect, test } from "vitest";

import { SortedSet } from "./sorted-set.ts";

const member = fc.constantFrom("a", "b", "c", "d", "e", "f", "g");
const step = fc.oneof(
  fc.record({ kind: fc.constant("set" as const), member, score: fc.integer({ min: -3, max: 3 }) }),
  fc.record({ kind: fc.constant("delete" as const), member, score: fc.constant(0) }),
  fc.record({ kind: fc.constant("cut" as const), member, score: fc.integer({ min: 0, max: 4 }) }),
);

test("it is in order, and agrees with a plain map, after every change", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const set = new SortedSet();
      const model = new Map<string, number>();
      for (const { kind, member: name, score } of steps) {
        if (kind === "set") {
          set.set(name, score);
          model.set(name, score === 0 ? 0 : score);
        } else if (kind === "delete") expect(set.delete(name)).toBe(model.delete(name));
        else for (const gone of set.cut(score, score + 2)) model.delete(gone.member);
        const expected = [...model]
          .map(([each, at]) => ({ member: each, score: at }))
          .toSorted((one, other) => one.score - other.score || (one.member < other.member ? -1 : 1));
        expect(set.slice()).toEqual(expected);
        expect(expected.map((each) => set.rank(each.member))).toEqual([...expected.keys()]);
      }
    }),
  );
});
