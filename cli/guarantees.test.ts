import { expect, test } from "vitest";

import { safeguards, type SafeguardName } from "../reference/safeguards.ts";
import { checkCatalog } from "../checks/mod.ts";
import { scenarios } from "../scenarios/mod.ts";
import { guarantees, proofs } from "./guarantees.ts";

const names = Object.keys(safeguards) as SafeguardName[];

test.each(names)("%s has a proof, in a scenario that expects the check that must go red", (name) => {
  const { scenario, caughtBy } = proofs[name];
  const titles = scenarios[scenario]?.((time) => time).expect.map((check) => check.title) ?? [];
  expect(titles.filter((title) => caughtBy.some((foretold) => title.startsWith(foretold)))).not.toEqual([]);
});

test.each(names)("%s serves guarantees that are promised", (name) => {
  const ids: string[] = guarantees.map((guarantee) => guarantee.id);
  expect(ids).toEqual(expect.arrayContaining([...safeguards[name].guarantees]));
});

test.each(guarantees)("$id is examined by checks that exist", ({ checks }) => {
  const titles = checkCatalog.map(({ title }) => title);
  expect(checks.filter((check) => !titles.some((title) => title.startsWith(check)))).toEqual([]);
  expect(checks).not.toEqual([]);
});
