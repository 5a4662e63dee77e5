import { readdirSync } from "node:fs";

import { expect, test } from "vitest";

import { scenarios, suites } from "./catalog.ts";

const notScenarios = new Set(["catalog.ts", "mod.ts", "scenario.ts"]);

test("every scenario's file name is its name in the catalog", () => {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  const names = files.filter((file) => !notScenarios.has(file)).map((file) => file.slice(0, -".ts".length));
  expect(names.toSorted()).toEqual(Object.keys(scenarios).toSorted());
});

test("suites name scenarios that exist, and together they name all of them but the one that must fail", () => {
  const named = Object.values(suites).flatMap((suite) => suite.scenarios);
  expect(new Set([...named, "canary"])).toEqual(new Set(Object.keys(scenarios)));
  expect(named).not.toContain("canary");
});

test.each(Object.entries(scenarios))("%s loads the plane and expects something", (_name, definition) => {
  const { load, expect: checks } = definition((time) => time);
  expect(load.length).toBeGreaterThan(0);
  expect(checks.length).toBeGreaterThan(0);
});
