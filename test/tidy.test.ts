import { join } from "node:path";

import { expect, test } from "vitest";

import { importsOf } from "./tidy/imports.ts";
import { rules } from "./tidy/rules.ts";
import { readTree } from "./tidy/tree.ts";

const tree = readTree(join(import.meta.dirname, ".."));

test.each(Object.entries(rules))("%s", (_sentence, rule) => {
  expect(rule(tree)).toEqual([]);
});

test("the rules have something to look at", () => {
  const paths = tree.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(["core/clock.ts", "package-lock.json", "README.md", ".ci/run"]));
  expect(paths.filter((path) => path.includes("node_modules"))).toEqual([]);

  const planted = "test/tidy/rules.test.ts";
  const edges = importsOf(tree).filter(({ isPackage, from }) => !isPackage && from !== planted);
  expect(edges.length, "a check that sees nothing proves nothing").toBeGreaterThan(100);
  for (const folder of ["reference", "worlds", "chaos", "loadgen", "checks", "scenarios", "reports", "cli"]) {
    expect(edges.filter(({ from, to }) => from.startsWith(`${folder}/`) && to === "core/mod.ts")).not.toEqual([]);
  }
  expect(edges.every(({ to }) => paths.includes(to))).toBe(true);
});
