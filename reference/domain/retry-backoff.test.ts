import { expect, it } from "vitest";

import { retryBackoffMs } from "./retry-backoff.ts";

it("the backoff doubles with each attempt, up to 30 times the first", () => {
  expect([1, 2, 3, 4, 5, 6, 50].map((attempt) => retryBackoffMs(attempt, 1_000))).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
  ]);
});
