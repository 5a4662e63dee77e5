import { expect, test } from "vitest";

import { ownEntry } from "./own-entry.ts";

test("a table holds what was put into it, and nothing that every object has", () => {
  expect(ownEntry({ a: 1 }, "a")).toBe(1);
  expect(ownEntry({ a: 1 }, "b")).toBeUndefined();
  for (const name of ["constructor", "toString", "__proto__"]) expect(ownEntry({ a: 1 }, name)).toBeUndefined();
  expect(ownEntry({ constructor: 2 }, "constructor")).toBe(2);
});
