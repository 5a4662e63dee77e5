import { expect, test } from "vitest";

import { safeguards, type SafeguardName } from "../reference/safeguards.ts";
import { scenarios } from "../scenarios/mod.ts";
import { guarantees, proofs } from "./guarantees.ts";

const names = Object.keys(safeguards) as SafeguardName[];

test("every safeguard has a proof, in a scenario that expects the check that must go red", () => {
  for (const name of names) {
    const { scenario, caughtBy } = proofs[name];
    const titles = scenarios[scenario]?.((time) => time).expect.map((check) => check.title) ?? [];
    expect(
      titles.some((title) => caughtBy.some((foretold) => title.startsWith(foretold))),
      name,
    ).toBe(true);
  }
});

test("every safeguard serves a guarantee that is promised", () => {
  const ids: string[] = guarantees.map((guarantee) => guarantee.id);
  for (const name of names) expect(ids, name).toEqual(expect.arrayContaining([...safeguards[name].guarantees]));
});
