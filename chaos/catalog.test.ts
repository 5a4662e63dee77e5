import { expect, test } from "vitest";

import * as chaos from "./mod.ts";

test("the catalog lists every fault that can be imported, and no other", () => {
  const notFaults = new Set(["at", "faultFromData", "runFaultPlan"]);
  const importable = Object.entries(chaos).filter(
    ([name, value]) => typeof value === "function" && !notFaults.has(name),
  );
  expect(chaos.faultCatalog.map(({ name }) => name).toSorted()).toEqual(importable.map(([name]) => name).toSorted());
});

test("each fault is described in one sentence", () => {
  for (const { doc } of chaos.faultCatalog) expect(doc).toMatch(/^[A-Z][^.]*\.$/);
});
