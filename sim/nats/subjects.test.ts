import { expect, test } from "vitest";

import { collide, isValidSubject, isWithin, matcher } from "./subjects.ts";

test.each([
  ["a", true],
  ["a.b", true],
  ["a.*", true],
  ["a.>", true],
  ["a*b", true],
  ["", false],
  ["a..b", false],
  [".a", false],
  ["a.", false],
  ["a.>.b", false],
  ["a b", false],
])("%j is a subject: %s", (subject, isOne) => {
  expect(isValidSubject(subject)).toBe(isOne);
});

test.each([
  ["a.b", "a.b", true],
  ["a.b", "a.*", true],
  ["a.b", ">", true],
  ["a", "a.>", false],
  ["a.*", "a.>", true],
  ["a.>", "a.*", false],
  ["a.*", "a.b", false],
  ["a.b.c", "a.*", false],
])("%j is within %j: %s", (subject, pattern, isSo) => {
  expect(isWithin(subject, pattern)).toBe(isSo);
});

test.each([
  ["a.*", "*.b", true],
  ["a.*", "*.b.c", false],
  ["a.>", "a.b.c", true],
  ["a.>", "*.b", true],
  ["a.>", "a", false],
  ["a.*.c", "a.>", true],
  ["a", "b", false],
  ["*", "a.>", false],
])("%j and %j collide: %s", (one, other, doThey) => {
  expect(collide(one, other)).toBe(doThey);
  expect(collide(other, one)).toBe(doThey);
});

test("a matcher without a pattern lets everything through", () => {
  expect(matcher("")("a.b")).toBe(true);
  expect(matcher("a.*")("a.b")).toBe(true);
  expect(matcher("a.*")("b.b")).toBe(false);
});
