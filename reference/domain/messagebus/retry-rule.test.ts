import { expect, test } from "vitest";

import { retryDelayMs } from "./retry-rule.ts";

test("by the seed's figures there are three retries, after 10, 20 and 40 ms", () => {
  const rule = { retriesMax: 3, retryBackoffMs: 10 };
  expect([1, 2, 3, 4].map((attempt) => retryDelayMs(rule, attempt))).toEqual([10, 20, 40, undefined]);
});

test("without retries the first failure is the last", () => {
  expect(retryDelayMs({ retriesMax: 0, retryBackoffMs: 10 }, 1)).toBeUndefined();
});
