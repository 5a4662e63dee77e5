import { expect, test } from "vitest";

import { complaintsAbout } from "./complaints.ts";
import { aWindow } from "./measure/window.test-support.ts";
import { someResult } from "./result.test-support.ts";

test("a run without anything to complain of has passed, whatever the formula said", () => {
  expect(complaintsAbout([someResult()])).toEqual({ status: "passed", complaints: [] });
});

test("a message that nobody saw again fails the run", () => {
  const lost = { ...someResult(), ledger: { offered: 9, accepted: 9, refused: 0, delivered: 7, missing: 2 } };
  expect(complaintsAbout([someResult(), lost])).toEqual({
    status: "failed",
    complaints: ["seed: 2 accepted messages were neither delivered nor given back."],
  });
});

test("a generator that fell behind makes it inconclusive", () => {
  const late = aWindow({ generator: { p50Ms: 1, p99Ms: 80, healthy: false } });
  const { status, complaints } = complaintsAbout([{ ...someResult(), windows: [late, aWindow()] }]);
  expect(status).toBe("inconclusive");
  expect(complaints[0]).toContain("in 1 of 2 windows (p99 up to 80 ms late)");
});

test("so does a question without an answer, for the bus that it was asked of", () => {
  const nothing = someResult({ knee: { at: undefined, below: undefined, above: 10, because: "" } });
  expect(complaintsAbout([nothing]).status).toBe("inconclusive");
  expect(complaintsAbout([someResult(), nothing]).status).toBe("passed");
});
