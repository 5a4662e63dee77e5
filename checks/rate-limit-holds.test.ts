import { describe, expect, test } from "vitest";

import type { HistoryEvent, OperationEvent, Outcome } from "../core/mod.ts";
import { rateLimitHolds } from "./rate-limit-holds.ts";
import { submitted, unixOrigin, verdictOn } from "./story.test-support.ts";

const limitPerSecond = 10;
const answered: Record<Outcome, number | undefined> = { ok: 202, refused: 429, error: 400, unknown: undefined };
const check = rateLimitHolds({ limitPerSecond, client: "c" });
const origin = unixOrigin(1_700_000_000_000);

/** Requests at equal distances; the outcome depends on how many were admitted in the second before. */
function requests(options: {
  perSecond: number;
  seconds: number;
  outcome: (index: number) => Outcome;
  client?: string;
  tookMs?: number;
}): HistoryEvent[] {
  const { perSecond, seconds, outcome, client = "c", tookMs = 2 } = options;
  return Array.from({ length: perSecond * seconds }, (_, index) => {
    const sentAt = 50 + (index * 1_000) / perSecond;
    return request(outcome(index), sentAt + tookMs, { sentAt, client });
  });
}

function request(outcome: Outcome, at: number, options: Partial<OperationEvent> = {}): HistoryEvent {
  const status = answered[outcome];
  return submitted(undefined, at, { outcome, client: "c", ...(status === undefined ? {} : { status }), ...options });
}

/** A limiter that admits every n-th request. */
const everyNth =
  (n: number) =>
  (index: number): Outcome =>
    index % n === 0 ? "ok" : "refused";

describe("rateLimitHolds", () => {
  test("accepts a limiter that admits exactly what it may, and measures it", () => {
    const verdict = verdictOn(check, origin, requests({ perSecond: 30, seconds: 10, outcome: everyNth(3) }));
    expect(verdict).toMatchObject({ status: "pass", examined: 1, violations: 0, check: "rate limit holds for c" });
    expect(Object.fromEntries(verdict.measurements.map(({ name, value }) => [name, value]))).toEqual({
      offered: 300,
      admitted: 100,
      refused: 200,
      admittedPerSecondMax: 10,
      admittedPerRollingSecondMax: 10,
      limitPerSecond: 10,
      overAdmissionShare: 0,
      overRefusalShare: 0,
    });
  });

  test("rejects one that admits more than the limit in a second of the wall clock", () => {
    const verdict = verdictOn(check, origin, requests({ perSecond: 22, seconds: 5, outcome: everyNth(2) }));
    expect(verdict).toMatchObject({ status: "fail", violations: 1 });
    expect(verdict.counterexamples[0]?.because).toMatch(
      /^11 requests were admitted in the second at \d\.000 s, with a limit of 10 a second$/,
    );
  });

  test("rejects one that counts each wall-clock second by itself: a burst across the boundary gets twice the limit", () => {
    const burst = [960, 1_040].flatMap((from) =>
      Array.from({ length: 15 }, (_, index) => request(index < 10 ? "ok" : "refused", from)),
    );
    const verdict = verdictOn(check, origin, ...burst);
    expect(verdict.counterexamples[0]?.because).toMatch(/^20 requests were admitted within 1 s from 0\.958 s/);
  });

  test("tolerates a tenth more in a second that begins anywhere, or as much as it is told", () => {
    const events = [
      ...Array.from({ length: 10 }, () => request("ok", 1_900)),
      ...[request("ok", 2_100), request("refused", 2_100)],
    ];
    expect(verdictOn(check, origin, ...events).status).toBe("pass");
    const strict = rateLimitHolds({ limitPerSecond, client: "c", rollingTolerance: 0 });
    expect(verdictOn(strict, origin, ...events).status).toBe("fail");
  });

  test("does not count what may have been decided in another second", () => {
    const slow = Array.from({ length: 30 }, (_, index) =>
      request(index < 25 ? "ok" : "refused", 3_000, { sentAt: 1_000 }),
    );
    expect(verdictOn(check, origin, ...slow)).toMatchObject({ violations: 0 });
  });

  test("rejects one that admits twice the limit even when every answer takes seconds", () => {
    const verdict = verdictOn(
      check,
      origin,
      requests({ perSecond: 40, seconds: 20, outcome: everyNth(2), tookMs: 2_500 }),
    );
    expect(verdict.counterexamples[0]?.because).toMatch(/^\d+ requests were admitted within 8 s from/);
  });

  test("is unknown, not passed, when answers are so slow that nobody could have noticed", () => {
    const slow = requests({ perSecond: 40, seconds: 5, outcome: everyNth(2), tookMs: 70_000 });
    expect(verdictOn(check, origin, slow)).toMatchObject({ status: "unknown", examined: 0 });
  });

  test("rejects one that never refuses, though it should have", () => {
    const unclear = requests({ perSecond: 40, seconds: 3, outcome: (index) => (index % 4 === 0 ? "ok" : "error") });
    expect(verdictOn(check, origin, unclear).counterexamples[0]?.because).toBe(
      "40 requests came within 1 s from 0.050 s, and none was ever refused",
    );
  });

  test("rejects one that refuses much more than it must", () => {
    const verdict = verdictOn(check, origin, requests({ perSecond: 30, seconds: 10, outcome: everyNth(5) }));
    expect(verdict.counterexamples[0]?.because).toBe("60 requests were admitted, where an exact limiter admits 100");
  });

  test("does not call it refusing when answers were lost", () => {
    const lost = (index: number): Outcome => (index % 3 > 0 ? "refused" : index % 2 === 0 ? "ok" : "unknown");
    expect(verdictOn(check, origin, requests({ perSecond: 30, seconds: 10, outcome: lost })).status).toBe("pass");
  });

  test("judges each client by itself, and only the one that it is asked about", () => {
    const good = requests({ perSecond: 30, seconds: 3, outcome: everyNth(3), client: "good" });
    const bad = requests({ perSecond: 30, seconds: 3, outcome: () => "ok", client: "bad" });
    expect(verdictOn(rateLimitHolds({ limitPerSecond, client: "good" }), origin, good, bad).status).toBe("pass");
    const all = verdictOn(rateLimitHolds({ limitPerSecond }), origin, good, bad);
    expect(all).toMatchObject({ check: "rate limit holds", status: "fail", examined: 2, violations: 1 });
    expect(all.measurements.map(({ name }) => name)).toContain("admitted/bad");
  });

  test("is unknown when the limit was never reached, without the wall clock, and without requests", () => {
    const few = requests({ perSecond: 5, seconds: 3, outcome: () => "ok" });
    expect(verdictOn(check, origin, few)).toMatchObject({ status: "unknown", violations: 0 });
    const enough = requests({ perSecond: 30, seconds: 3, outcome: everyNth(3) });
    expect(verdictOn(check, enough).status).toBe("unknown");
    expect(verdictOn(check, origin).status).toBe("unknown");
    expect(
      verdictOn(check, origin, requests({ perSecond: 30, seconds: 3, outcome: everyNth(3), client: "d" })).status,
    ).toBe("unknown");
  });
});
