import { describe, expect, test } from "vitest";

import { isTerminal, jobStates } from "../reference/domain/job-state.ts";
import type { HttpResult } from "../core/mod.ts";
import { isFinished, jobAnswer } from "./job-answer.ts";

const answer = (status: number, body: unknown): HttpResult => ({ answered: true, status, body });

describe("jobAnswer", () => {
  test("takes the state, the epoch, the cause and the log", () => {
    const log = [{ state: "PENDING", epoch: 0, unixMs: 5, by: "gateway-1" }];
    const body = { job_id: "j", state: "TIMEOUT", epoch: 2, cause: "worker_lost", log, result: null };
    expect(jobAnswer(answer(200, body))).toEqual({ state: "TIMEOUT", epoch: 2, cause: "worker_lost", log });
  });

  test("reads times in either spelling, and leaves out what is not said", () => {
    const body = { state: "PENDING", cause: null, log: [{ state: "PENDING", epoch: 0, unix_ms: 5, by: "gateway-1" }] };
    expect(jobAnswer(answer(200, body))).toEqual({
      state: "PENDING",
      log: [{ state: "PENDING", epoch: 0, unixMs: 5, by: "gateway-1" }],
    });
  });

  test("tells a missing job from a gateway that cannot tell", () => {
    expect(jobAnswer(answer(404, { error: { code: "unknown_job" } }))).toEqual({ state: "missing" });
    expect(jobAnswer(answer(503, { error: { code: "store_unavailable" } }))).toBeUndefined();
    expect(jobAnswer(answer(200, "nonsense"))).toBeUndefined();
    expect(jobAnswer({ answered: false, sent: true, because: "reset" })).toBeUndefined();
  });
});

describe("isFinished", () => {
  test("agrees with the reference about every state, and never calls a missing job finished", () => {
    for (const state of jobStates) expect([state, isFinished(state)]).toEqual([state, isTerminal(state)]);
    expect(isFinished("missing")).toBe(false);
  });
});
