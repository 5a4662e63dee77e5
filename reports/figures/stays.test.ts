import { expect, test } from "vitest";

import type { SectionHistory } from "../../core/mod.ts";
import { tenancy } from "./stays.ts";

function stay(
  who: string,
  enteredAt: number,
  endedAt: number | undefined,
  key = "k",
  validUntil = 9_000,
): SectionHistory {
  const end = endedAt === undefined ? undefined : "left";
  const section = `${key}/${who}/${enteredAt}`;
  const rest = { renewedAt: enteredAt, endNotedAt: endedAt, removed: true };
  return { guard: "lease", key, section, who, enteredAt, validUntil, endedAt, end, ...rest };
}

test("terms that follow each other have gaps and no overlaps", () => {
  expect(tenancy([stay("a", 0, 100), stay("b", 150, 300), stay("a", 310, 400)])).toEqual({
    stays: 3,
    holders: ["a", "b"],
    longestStayMs: 150,
    longestGapMs: 50,
    overlaps: 0,
    longestOverlapMs: 0,
  });
});

test("who enters while another is inside overlaps, also with one who entered long before", () => {
  const found = tenancy([stay("a", 0, 1_000), stay("b", 100, 200), stay("c", 700, 900)]);
  expect(found).toMatchObject({ overlaps: 2, longestOverlapMs: 900 });
});

test("one who never left is inside as long as its last renewal was good", () => {
  expect(tenancy([stay("a", 0, undefined, "k", 500), stay("b", 400, 450)])).toMatchObject({ overlaps: 1 });
  expect(tenancy([stay("a", 0, undefined, "k", 500), stay("b", 600, 650)])).toMatchObject({
    overlaps: 0,
    longestGapMs: 100,
  });
});

test("different keys never overlap, and have no gap between them", () => {
  expect(tenancy([stay("a", 0, 100, "x"), stay("b", 50, 150, "y")])).toMatchObject({
    overlaps: 0,
    longestGapMs: undefined,
  });
});
