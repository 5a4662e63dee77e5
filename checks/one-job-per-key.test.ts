import { describe, expect, test } from "vitest";

import { oneJobPerKey } from "./one-job-per-key.ts";
import { effect, read, submitted, verdictOn } from "./story.test-support.ts";

const key = { idempotencyKey: "k" };
const again = { ...key, via: "gateway-2" };

describe("oneJobPerKey", () => {
  test("accepts a key that was sent three times and stands for one job", () => {
    const verdict = verdictOn(
      oneJobPerKey(),
      submitted(undefined, 1, { ...key, outcome: "unknown" }),
      submitted("a", 2, key),
      submitted("a", 3, again),
      effect("a", 5),
      read("a", "SUCCEEDED", 9),
    );
    expect(verdict).toMatchObject({ status: "pass", examined: 1 });
    expect(verdict.measurements).toEqual([{ name: "acknowledgementsPerKeyMax", value: 2 }]);
  });

  test("rejects a key that stands for two jobs", () => {
    const jobs = [read("a", "SUCCEEDED", 9), read("b", "SUCCEEDED", 9)];
    const verdict = verdictOn(oneJobPerKey(), submitted("a", 2, key), submitted("b", 3, again), ...jobs);
    expect(verdict).toMatchObject({ status: "fail", examined: 1, violations: 1 });
    expect(verdict.counterexamples[0]).toEqual({
      subject: "k",
      because: "it stands for 2 jobs: a (gateway-1), b (gateway-2)",
      at: 3,
    });
  });

  test("rejects a key whose job cannot be found", () => {
    const verdict = verdictOn(oneJobPerKey(), submitted("a", 2, key), read("a", "missing", 9));
    expect(verdict.counterexamples[0]?.because).toBe("its job a cannot be found");
  });

  test("rejects a key whose work took effect twice", () => {
    const effects = [effect("a", 5), effect("a", 6, { epoch: 2 })];
    expect(verdictOn(oneJobPerKey(), submitted("a", 2, key), ...effects, read("a", "SUCCEEDED", 9)).status).toBe(
      "fail",
    );
  });

  test("is unknown without an acknowledged key, and when its job was never read", () => {
    expect(verdictOn(oneJobPerKey(), submitted("a", 2), read("a", "SUCCEEDED", 9)).status).toBe("unknown");
    expect(verdictOn(oneJobPerKey(), submitted(undefined, 2, { ...key, outcome: "error" })).status).toBe("unknown");
    expect(verdictOn(oneJobPerKey(), submitted("a", 2, key)).status).toBe("unknown");
  });
});
