import { describe, expect, test } from "vitest";

import type { HistoryEvent, OperationEvent } from "../core/mod.ts";
import { degradedLimitHolds } from "./degraded-limit-holds.ts";
import { fault, submitted, verdictOn } from "./story.test-support.ts";

const check = degradedLimitHolds({ limitPerSecond: 10, client: "c" });
const outage = fault("1 cut gateway redis", "gateway-1", 10_000, 20_000);

type Fate = Pick<OperationEvent, "outcome" | "status">;
const stored: Fate = { outcome: "ok", status: 202 };
const notStored: Fate = { outcome: "error", status: 503 };
const refused: Fate = { outcome: "refused", status: 429 };

/** 30 requests a second, of which every n-th is let pass. */
function requests(fromMs: number, toMs: number, passed: Fate, every = 3): HistoryEvent[] {
  return Array.from({ length: Math.round(((toMs - fromMs) * 30) / 1_000) }, (_, index) =>
    submitted(undefined, fromMs + 20 + (index * 1_000) / 30, {
      client: "c",
      ...(index % every === 0 ? passed : refused),
    }),
  );
}

/** 250 requests a second, of which so many are let pass, evenly, and answered after 220 ms. */
function slow(fromMs: number, toMs: number, passedPerSecond: number, passed: Fate): HistoryEvent[] {
  return Array.from({ length: ((toMs - fromMs) * 250) / 1_000 }, (_, index) => {
    const share = passedPerSecond / 250;
    const passes = Math.floor((index + 1) * share) > Math.floor(index * share);
    const sentAt = fromMs + 2 + index * 4;
    return submitted(undefined, sentAt + (passes ? 220 : 2), { client: "c", sentAt, ...(passes ? passed : refused) });
  });
}

const [before, after] = [requests(0, 10_000, stored), requests(20_000, 30_000, stored)];

describe("degradedLimitHolds", () => {
  test("accepts a limit that holds with Redis and without, and measures each", () => {
    const verdict = verdictOn(check, before, outage, requests(10_000, 20_000, notStored), after);
    expect(verdict).toMatchObject({ status: "pass", examined: 4, violations: 0 });
    const shares = verdict.measurements.filter(({ name }) => name.startsWith("overAdmissionShare"));
    expect(shares).toEqual(
      ["before", "without Redis", "after", "all along"].map((name) => ({
        name: `overAdmissionShare/${name}`,
        value: 0,
      })),
    );
  });

  test("rejects replicas that each admit the whole limit without Redis, though all of it fails", () => {
    const verdict = verdictOn(check, before, outage, requests(10_000, 20_000, notStored, 2), after);
    expect(verdict.status).toBe("fail");
    expect(verdict.counterexamples.map(({ subject }) => subject)).toEqual(["c, without Redis", "c, all along"]);
  });

  test("rejects a tenth too much without Redis, however wide the tolerance for the changes, and slow the answers", () => {
    const limit = degradedLimitHolds({ limitPerSecond: 100, client: "c", rollingTolerance: 0.99 });
    const shared = [...slow(0, 10_000, 100, stored), ...slow(20_000, 30_000, 100, stored)];
    const judged = (perSecond: number) => verdictOn(limit, shared, outage, slow(10_000, 20_000, perSecond, notStored));
    expect(judged(100).status).toBe("pass");
    const [excess, ...others] = judged(110).counterexamples;
    expect(excess).toMatchObject({ subject: "c, without Redis", because: expect.stringContaining("exact") as string });
    expect(others).toEqual([]);
  });

  test("rejects a change that lets twice the limit pass", () => {
    const burst = Array.from({ length: 12 }, (_, index) =>
      submitted(undefined, 10_010 + index, { client: "c", ...notStored }),
    );
    const verdict = verdictOn(check, before, outage, burst, requests(10_000, 20_000, notStored), after);
    expect(verdict.counterexamples.map(({ subject }) => subject)).toEqual(["c, all along"]);
  });

  test("rejects a limiter that refuses nearly everything, or nothing, without Redis", () => {
    const strict = verdictOn(check, before, outage, requests(10_000, 20_000, notStored, 6), after);
    expect(strict.counterexamples[0]?.because).toMatch(/where an exact limiter admits/);
    const lax = verdictOn(check, before, outage, requests(10_000, 20_000, notStored, 1), after);
    expect(lax.counterexamples.map(({ subject }) => subject)).toContain("c, without Redis");
  });

  test("does not know when nobody lost Redis, jobs were stored all the same, or nobody pressed", () => {
    expect(verdictOn(check, before, after).status).toBe("unknown");
    expect(verdictOn(check, before, outage, requests(10_000, 20_000, stored), after).summary).toMatch(
      /stored without Redis, so it was not lost/,
    );
    const calm = submitted(undefined, 15_000, { client: "c", ...notStored });
    expect(verdictOn(check, before, outage, calm, after).summary).toContain(
      "never surely above the limit without Redis",
    );
  });
});
