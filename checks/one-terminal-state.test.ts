import { describe, expect, test } from "vitest";

import { oneTerminalState } from "./one-terminal-state.ts";
import { log, read, submitted, verdictOn, wrote } from "./story.test-support.ts";

const two = { via: "gateway-2" };

describe("oneTerminalState", () => {
  test("accepts one end, told by everybody", () => {
    const verdict = verdictOn(
      oneTerminalState(),
      read("a", "RUNNING", 10),
      wrote("a", "SUCCEEDED", 20),
      wrote("a", "TIMEOUT", 21, { accepted: false }),
      read("a", "SUCCEEDED", 30, { log: log("PENDING 0, DISPATCHED 1, RUNNING 1, SUCCEEDED 1") }),
      read("a", "SUCCEEDED", 31, two),
      read("b", "RUNNING", 30),
    );
    expect(verdict).toMatchObject({ status: "pass", examined: 1 });
  });

  test("accepts a result that is quarantined after it succeeded, but not the reverse", () => {
    const [first, then] = [read("a", "SUCCEEDED", 1), read("a", "OUTPUT_QUARANTINED", 2, two)];
    expect(verdictOn(oneTerminalState(), first, then).status).toBe("pass");
    expect(verdictOn(oneTerminalState(), { ...first, at: 2 }, { ...then, at: 1 }).status).toBe("fail");
  });

  test("rejects two gateways that tell of different ends", () => {
    const verdict = verdictOn(oneTerminalState(), read("a", "SUCCEEDED", 1), read("a", "TIMEOUT", 2, two));
    expect(verdict).toMatchObject({ status: "fail", violations: 1 });
    expect(verdict.counterexamples[0]?.because).toBe(
      "it has 2 ends: SUCCEEDED (read through gateway-1), TIMEOUT (read through gateway-2)",
    );
  });

  test("rejects two different ends that the store accepted, whatever is read", () => {
    const writes = [wrote("a", "SUCCEEDED", 1), wrote("a", "TIMEOUT", 2, { who: "scheduler-2" })];
    expect(verdictOn(oneTerminalState(), ...writes, read("a", "TIMEOUT", 9)).status).toBe("fail");
  });

  test("rejects another end in the log", () => {
    const told = read("a", "SUCCEEDED", 9, { log: log("PENDING 0, TIMEOUT 0, SUCCEEDED 1") });
    expect(verdictOn(oneTerminalState(), told).summary).toContain("TIMEOUT (in the log that gateway-1 showed)");
  });

  test.each(["RUNNING", "PENDING", "missing"])("rejects a job that is %s again after somebody saw its end", (state) => {
    const verdict = verdictOn(oneTerminalState(), read("a", "SUCCEEDED", 1), read("a", state, 2, two));
    expect(verdict).toMatchObject({ status: "fail", violations: 1 });
    expect(verdict.counterexamples[0]).toMatchObject({ subject: "a", at: 2 });
    expect(verdict.summary).toContain(`gateway-2 said ${state} at 0.002 s, after gateway-1 had said SUCCEEDED`);
  });

  test("is unknown when no job was seen to end", () => {
    expect(verdictOn(oneTerminalState(), submitted("a", 1), read("a", "RUNNING", 2)).status).toBe("unknown");
    expect(verdictOn(oneTerminalState(), wrote("a", "SUCCEEDED", 1, { accepted: false })).status).toBe("unknown");
  });
});
