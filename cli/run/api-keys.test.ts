import { expect, test } from "vitest";

import { seededRandom } from "../../core/mod.ts";
import type { Load } from "../../loadgen/mod.ts";
import { harnessClient, makeApiKeys } from "./api-keys.ts";

const arrivals = { shape: "uniform", rate: "1/s", count: 1 } as const;
const loads: Load[] = [
  { name: "a", arrivals, client: "even", limitPerSecond: 100 },
  { name: "b", arrivals },
];

test("each client gets a key and a limit of its own, and the harness one without a limit in practice", () => {
  const keys = makeApiKeys(loads, seededRandom(1));
  expect(keys.variable).toContain(`${keys.keyOf("even")}:even:100`);
  expect(keys.variable).toContain(`${keys.keyOf("load")}:load:1000000`);
  expect(new Set([keys.keyOf("even"), keys.keyOf("load"), keys.keyOf(harnessClient)]).size).toBe(3);
});

test("a client that no load names has no key", () => {
  expect(() => makeApiKeys(loads, seededRandom(1)).keyOf("stranger")).toThrow("no API key for client stranger");
});
