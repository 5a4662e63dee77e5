import { describe, expect, test } from "vitest";

import { legalTransitions } from "./legal-transitions.ts";
import { log, read, submitted, verdictOn, wrote } from "./story.test-support.ts";

const told = (text: string, at = 90, via = "gateway-1") => {
  const entries = log(text);
  return read("a", entries.at(-1)?.state ?? "", at, { log: entries, via });
};
const usual = "PENDING 0, SCHEDULED 1, DISPATCHED 1, RUNNING 1, SUCCEEDED 1";

describe("legalTransitions", () => {
  test("accepts the usual way, a retry under a new epoch, and a log that grew between two reads", () => {
    expect(verdictOn(legalTransitions(), told(usual)).status).toBe("pass");
    const retried = "PENDING 0, DISPATCHED 1, RUNNING 1, RETRYING 1, SCHEDULED 2, DISPATCHED 2, RUNNING 2, SUCCEEDED 2";
    expect(verdictOn(legalTransitions(), told(retried)).status).toBe("pass");
    const verdict = verdictOn(legalTransitions(), told("PENDING 0, SCHEDULED 1", 20), told(usual, 90, "gateway-2"));
    expect(verdict).toMatchObject({ status: "pass", examined: 1 });
    expect(verdict.summary).toContain("5 steps");
  });

  test.each([
    [
      "a step that the rules do not know",
      "PENDING 0, DISPATCHED 1, SCHEDULED 1, SUCCEEDED 1",
      "DISPATCHED to SCHEDULED",
    ],
    ["a step out of an end", "PENDING 0, TIMEOUT 0, RUNNING 1", "TIMEOUT to RUNNING"],
    ["an end that comes twice", "PENDING 0, SUCCEEDED 1, SUCCEEDED 1", "SUCCEEDED to SUCCEEDED"],
    ["a beginning in the middle", "RETRYING 1, SUCCEEDED 1", "NONE to RETRYING"],
    ["an epoch that falls", "PENDING 0, DISPATCHED 2, RUNNING 1, SUCCEEDED 1", "its epoch fell from 2"],
  ])("rejects %s", (_, text, because) => {
    const verdict = verdictOn(legalTransitions(), told(text));
    expect(verdict).toMatchObject({ status: "fail", violations: 1 });
    expect(verdict.counterexamples[0]?.because).toContain(because);
  });

  test("rejects a log that lost or changed an entry that somebody had seen", () => {
    const changed = verdictOn(
      legalTransitions(),
      told("PENDING 0, SCHEDULED 1", 20),
      told("PENDING 0, DISPATCHED 1", 90),
    );
    expect(changed.counterexamples[0]?.because).toBe("entry 2 of the log that gateway-1 showed is gone or changed");
    expect(verdictOn(legalTransitions(), told(usual, 20), told("PENDING 0", 90)).status).toBe("fail");
  });

  test("rejects a write that the store accepted and the finished job's log does not know", () => {
    const known = wrote("a", "DISPATCHED", 20);
    expect(verdictOn(legalTransitions(), known, told(usual)).status).toBe("pass");
    const verdict = verdictOn(legalTransitions(), known, wrote("a", "TIMEOUT", 30), told(usual));
    expect(verdict.counterexamples[0]).toMatchObject({
      because: "scheduler-1 wrote TIMEOUT in epoch 1, and its log does not know it",
      at: 30,
    });
    expect(verdictOn(legalTransitions(), wrote("a", "DISPATCHED", 20, { epoch: 2 }), told(usual)).status).toBe("fail");
    expect(verdictOn(legalTransitions(), wrote("a", "TIMEOUT", 30, { accepted: false }), told(usual)).status).toBe(
      "pass",
    );
  });

  test("does not expect a write in the log of a job that was still moving when it was read", () => {
    expect(verdictOn(legalTransitions(), wrote("a", "RUNNING", 20), told("PENDING 0, DISPATCHED 1")).status).toBe(
      "pass",
    );
  });

  test("judges only what is there of a log whose beginning was cut off", () => {
    const long = Array<string>(200).fill("RUNNING 1").join(", ");
    expect(verdictOn(legalTransitions(), wrote("a", "PENDING", 1), told(long)).status).toBe("pass");
    expect(verdictOn(legalTransitions(), told(`${long}, PENDING 1`)).status).toBe("fail");
  });

  test("is unknown when no log was read", () => {
    expect(verdictOn(legalTransitions(), submitted("a", 1), read("a", "SUCCEEDED", 9)).status).toBe("unknown");
  });
});
