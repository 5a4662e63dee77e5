import { describe, expect, test } from "vitest";

import type { HttpResult } from "../core/mod.ts";
import { isWorthResending, requestOutcome, startOutcome, submitOutcome } from "./outcome.ts";

const answer = (status: number, body: unknown = {}): HttpResult => ({ answered: true, status, body });
const failure = (sent: boolean): HttpResult => ({ answered: false, sent, because: "broken" });
const error = (code: string): unknown => ({ error: { code, message: "…" } });

describe("submitOutcome", () => {
  test.each<[string, HttpResult, string]>([
    ["accepted", answer(202, { job_id: "j" }), "ok"],
    ["accepted before", answer(200, { job_id: "j" }), "ok"],
    ["accepted without saying which job", answer(202, {}), "unknown"],
    ["an answer that is no JSON", answer(200, "<html>"), "unknown"],
    ["over the limit", answer(429, error("rate_limited")), "refused"],
    ["a bad request", answer(400, error("unknown_topic")), "error"],
    ["an outcome that the plane does not know", answer(503, error("outcome_unknown")), "unknown"],
    ["a store that is away", answer(503, error("store_unavailable")), "error"],
    ["a 503 without a code", answer(503, "Service Unavailable"), "unknown"],
    ["a crash in the gateway", answer(500, error("internal")), "unknown"],
    ["a gateway in between that gave up", answer(504), "unknown"],
    ["nobody listening", failure(false), "error"],
    ["a connection that broke after sending", failure(true), "unknown"],
  ])("calls %s what a client may conclude", (_, result, outcome) => {
    expect(submitOutcome(result).outcome).toBe(outcome);
  });

  test("keeps the job, the status, and the reason", () => {
    expect(submitOutcome(answer(202, { job_id: "j" }))).toEqual({ outcome: "ok", status: 202, job: "j" });
    expect(submitOutcome(answer(400, error("unknown_topic")))).toEqual({
      outcome: "error",
      status: 400,
      error: "unknown_topic",
    });
    expect(submitOutcome(answer(504))).toEqual({ outcome: "unknown", status: 504, error: "HTTP 504" });
    expect(submitOutcome(failure(true))).toEqual({ outcome: "unknown", error: "broken" });
  });
});

describe("startOutcome", () => {
  test("keeps the run, and is unknown without one", () => {
    expect(startOutcome(answer(202, { run_id: "r" }))).toEqual({ outcome: "ok", status: 202, run: "r" });
    expect(startOutcome(answer(202, { job_id: "j" }))).toMatchObject({ outcome: "unknown" });
    expect(startOutcome(answer(404, error("unknown_workflow")))).toMatchObject({ outcome: "error" });
  });
});

describe("requestOutcome", () => {
  test.each<[HttpResult, string]>([
    [answer(202), "ok"],
    [answer(204), "ok"],
    [answer(409, error("not_waiting")), "error"],
    [answer(429), "refused"],
    [answer(503, error("bus_unavailable")), "unknown"],
    [failure(true), "unknown"],
    [failure(false), "error"],
  ])("%j: %s", (result, outcome) => {
    expect(requestOutcome(result).outcome).toBe(outcome);
  });
});

describe("isWorthResending", () => {
  test.each<[HttpResult, boolean]>([
    [failure(true), true],
    [failure(false), true],
    [answer(500), true],
    [answer(503, error("store_unavailable")), false],
    [answer(429), false],
    [answer(400), false],
    [answer(202, { job_id: "j" }), false],
  ])("%j: %s", (result, worth) => {
    expect(isWorthResending(submitOutcome(result))).toBe(worth);
  });
});
