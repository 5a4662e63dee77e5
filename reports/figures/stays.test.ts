import { expect, test } from "vitest";

import type { History, ReplicaEvent, SectionHistory } from "../../core/mod.ts";
import { emptyHistory } from "../sample-record.test-support.ts";
import { staysOf, tenancy, type Tenancy } from "./stays.ts";

function section(who: string, enteredAt: number, endedAt: number | undefined, key = "k"): SectionHistory {
  const end = endedAt === undefined ? undefined : "left";
  const rest = { renewedAt: enteredAt, renewals: 0, validUntil: 9_000, endNotedAt: endedAt, removed: true };
  return { guard: "lease", key, section: `${key}/${who}/${enteredAt}`, who, enteredAt, endedAt, end, ...rest };
}

function tenancyOf(sections: readonly SectionHistory[], more: Partial<History> = {}): Tenancy {
  return tenancy(staysOf({ ...emptyHistory, endedAt: 10_000, sections, ...more }));
}

function exit(replica: string, at: number): ReplicaEvent {
  return { kind: "replica", who: "world", at, replica, role: "scheduler", phase: "exited" };
}

test("terms that follow each other have gaps and no overlaps", () => {
  expect(tenancyOf([section("a", 0, 100), section("b", 150, 300), section("a", 310, 400)])).toEqual({
    holders: ["a", "b"],
    longestStayMs: 150,
    longestGapMs: 50,
    overlaps: 0,
    longestOverlapMs: 0,
  });
});

test("who enters while another is inside overlaps, also with one who entered long before", () => {
  const found = tenancyOf([section("a", 0, 1_000), section("b", 100, 200), section("c", 700, 900)]);
  expect(found).toMatchObject({ overlaps: 2, longestOverlapMs: 200 });
});

test("one who never left is inside until it dies, or until the run is over", () => {
  const sections = [section("a", 0, undefined), section("b", 400, 450)];
  expect(tenancyOf(sections, { replicas: [exit("a", 300)] })).toMatchObject({ overlaps: 0, longestGapMs: 100 });
  expect(tenancyOf(sections, { replicas: [exit("b", 300)] })).toMatchObject({ overlaps: 1, longestOverlapMs: 50 });
  expect(tenancyOf(sections)).toMatchObject({ longestStayMs: 10_000 });
});

test("different keys never overlap, and have no gap between them", () => {
  const found = tenancyOf([section("a", 0, 100, "x"), section("b", 50, 150, "y")]);
  expect(found).toMatchObject({ overlaps: 0, longestGapMs: undefined });
});
