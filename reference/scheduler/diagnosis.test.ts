import { describe, expect, it } from "vitest";

import type { Job } from "../ports/mod.ts";
import { diagnose, type Evidence } from "./diagnosis.ts";
import { configOf } from "./memory-plane.test-support.ts";

const limits = configOf();
const nowMs = 10_000_000;
const promise = { revision: 1, intents: [{ kind: "dead-letter", cause: "x" } as const] };

function diagnosisOf(job: Partial<Job> & { idleMs: number }, evidence: Partial<Evidence> = {}): string {
  const { idleMs, ...fields } = job;
  const times = { createdUnixMs: 0, updatedUnixMs: nowMs - idleMs };
  const identity = { id: "a", topic: "job.echo", tenant: "t", traceId: "x", labels: {}, revision: 3, epoch: 1 };
  const whole: Job = { ...identity, ...times, state: "PENDING", outbox: [], log: [], ...fields };
  return diagnose(whole, { storeUnixMs: nowMs, fate: "alive", deliveredInVain: false, limits, ...evidence }) ?? "well";
}

describe("a job is", () => {
  it.each([
    ["RETRYING", 1, limits.retryBackoffMs, "retry_due"],
    ["RETRYING", 3, 4 * limits.retryBackoffMs, "retry_due"],
    ["DISPATCHED", 1, limits.dispatchTimeoutMs, "dispatch_timeout"],
    ["RUNNING", 1, limits.runningTimeoutMs, "running_timeout"],
  ] as const)("overdue in %s (epoch %i) after exactly %i ms", (state, epoch, limitMs, diagnosis) => {
    expect(diagnosisOf({ state, epoch, idleMs: limitMs - 1 })).toBe("well");
    expect(diagnosisOf({ state, epoch, idleMs: limitMs })).toBe(diagnosis);
  });

  it("never overdue in PENDING, nor while the store's time is unknown", () => {
    expect(diagnosisOf({ state: "PENDING", idleMs: 1e9 })).toBe("well");
    const unknown = { storeUnixMs: -Infinity };
    expect(diagnosisOf({ state: "RUNNING", idleMs: 1e9, deadlineUnixMs: 1 }, unknown)).toBe("well");
  });

  it("late when its deadline has come, in every state that is no end", () => {
    for (const state of ["PENDING", "SCHEDULED", "DISPATCHED", "RUNNING", "RETRYING", "APPROVAL_REQUIRED"] as const) {
      expect(diagnosisOf({ state, idleMs: 0, deadlineUnixMs: nowMs })).toBe("deadline");
      expect(diagnosisOf({ state, idleMs: 0, deadlineUnixMs: nowMs + 1 })).toBe("well");
    }
  });

  it("lost with its worker, before it is timed out", () => {
    const idleMs = limits.runningTimeoutMs;
    expect(diagnosisOf({ state: "RUNNING", idleMs }, { fate: "gone" })).toBe("worker_lost");
    expect(diagnosisOf({ state: "RUNNING", idleMs: 0 }, { fate: "leaving" })).toBe("well");
    expect(diagnosisOf({ state: "DISPATCHED", idleMs: 0 }, { fate: "leaving" })).toBe("worker_lost");
    expect(diagnosisOf({ state: "DISPATCHED", idleMs: 0 }, { fate: "unknown" })).toBe("well");
    expect(diagnosisOf({ state: "RETRYING", idleMs: 0 }, { fate: "gone" })).toBe("well");
  });

  it("owed a delivery, before anything is given up", () => {
    const owed = { state: "DISPATCHED", outbox: [promise] } as const;
    expect(diagnosisOf({ ...owed, idleMs: limits.outboxSweepAfterMs - 1 })).toBe("well");
    expect(diagnosisOf({ ...owed, idleMs: limits.outboxSweepAfterMs })).toBe("undelivered");
    expect(diagnosisOf({ ...owed, idleMs: limits.dispatchTimeoutMs, deadlineUnixMs: 1 })).toBe("undelivered");
  });

  it("not kept from its end by a delivery that was made in vain", () => {
    const owed = { state: "DISPATCHED", outbox: [promise], idleMs: limits.dispatchTimeoutMs } as const;
    expect(diagnosisOf(owed, { deliveredInVain: true })).toBe("dispatch_timeout");
    expect(diagnosisOf({ ...owed, idleMs: limits.outboxSweepAfterMs }, { deliveredInVain: true })).toBe("undelivered");
  });

  it("retried rather than delivered to a worker that is gone", () => {
    const owed = { state: "DISPATCHED", outbox: [promise], idleMs: limits.outboxSweepAfterMs } as const;
    expect(diagnosisOf(owed, { fate: "gone" })).toBe("worker_lost");
  });

  it("done with when it has ended and owes nothing", () => {
    const idleMs = limits.outboxSweepAfterMs;
    expect(diagnosisOf({ state: "FAILED", idleMs })).toBe("ended");
    expect(diagnosisOf({ state: "FAILED", idleMs, outbox: [promise] })).toBe("undelivered");
    expect(diagnosisOf({ state: "FAILED", idleMs, outbox: [promise] }, { deliveredInVain: true })).toBe("undelivered");
    const late = { idleMs, outbox: [promise], deadlineUnixMs: 1 };
    expect(diagnosisOf({ state: "FAILED", ...late }, { deliveredInVain: true })).toBe("undelivered");
    expect(diagnosisOf({ state: "FAILED", idleMs: 0, outbox: [promise] })).toBe("well");
    expect(diagnosisOf({ state: "TIMEOUT", idleMs, deadlineUnixMs: 1 })).toBe("ended");
  });
});
