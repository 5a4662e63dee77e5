import { describe, expect, test } from "vitest";

import { stepsRunOnceInOrder } from "./steps-run-once-in-order.ts";
import { effect, executed, verdictOn } from "./story.test-support.ts";
import { done, fact, registered, started } from "./workflow-story.test-support.ts";

const order = registered(
  "order",
  fact("reserve", []),
  fact("cool", ["reserve"], { type: "delay", jobs: 0, delayMs: 50 }),
  fact("notify", ["cool"], { type: "parallel", jobs: 2 }),
  fact("ship", ["notify"]),
);

const good = [
  order,
  started("r", "order", 10),
  done("r:reserve@1", 20, 30),
  done("r:notify[0]@1", 90, 95),
  done("r:notify[1]@1", 90, 99),
  done("r:ship@1", 100, 110),
];

const judged = (...more: Parameters<typeof verdictOn>[1][]) => verdictOn(stepsRunOnceInOrder(), ...good, ...more);

/** The story without what happened to one job. */
const without = (job: string) =>
  verdictOn(
    stepsRunOnceInOrder(),
    ...good.map((part) => [part].flat().filter((event) => !("job" in event) || event.job !== job)),
  );

describe("stepsRunOnceInOrder", () => {
  test("accepts runs whose steps took effect once each, one after the other", () => {
    expect(judged()).toMatchObject({ status: "pass", examined: 4, violations: 0 });
    expect(judged().measurements).toEqual([
      { name: "runs", value: 1 },
      { name: "stepEffects", value: 4 },
      { name: "stepAttemptsMax", value: 1 },
    ]);
  });

  test("accepts attempts that failed without an effect, and jobs that were executed twice for one effect", () => {
    const retried = [
      ...[order, started("s", "order", 10), executed("s:reserve@1", 12, { endAt: 15 }), done("s:reserve@2", 20, 30)],
      ...[done("s:notify[0]@1", 90, 95), executed("s:notify[1]@1", 90, { worker: "worker-2" })],
      ...[done("s:notify[1]@1", 92, 99), done("s:ship@1", 100, 110)],
    ];
    expect(judged(...retried.slice(1))).toMatchObject({ status: "pass", examined: 8 });
  });

  test.each(["r:reserve@2", "r:reserve@1~x7"])("rejects a second effect of one step under the id %s", (job) => {
    const verdict = judged(done(job, 31, 40));
    expect(verdict).toMatchObject({ status: "fail" });
    expect(verdict.summary).toContain(`took effect 2 times: r:reserve@1 at 0.030 s, ${job} at 0.040 s`);
  });

  test("rejects a second effect of one job", () => {
    expect(judged(effect("r:ship@1", 120)).counterexamples[0]).toMatchObject({ subject: "r:ship", at: 120 });
  });

  test("rejects a child that took no effect", () => {
    expect(without("r:notify[1]@1").summary).toContain("1 of its 2 jobs took effect");
  });

  test("rejects a run of which nothing happened at all", () => {
    expect(judged(started("s", "order", 10))).toMatchObject({ status: "fail", violations: 3 });
  });

  test("rejects a child that the workflow does not have", () => {
    expect(judged(done("r:notify[2]@1", 91, 98)).summary).toContain("it had a job 2");
    const skipped = registered("order", fact("reserve", []), fact("ship", ["reserve"], { jobs: 0 }));
    const events = [skipped, started("r", "order", 10), done("r:reserve@1", 20, 30), executed("r:ship@1", 40)];
    expect(verdictOn(stepsRunOnceInOrder(), ...events)).toMatchObject({ status: "fail", violations: 1 });
  });

  test("rejects a step that the workflow does not have", () => {
    const verdict = judged(done("r:refund@1", 120, 130));
    expect(verdict).toMatchObject({ status: "fail", violations: 1 });
    expect(verdict.summary).toContain("refund, which its workflow does not have");
  });

  test("rejects an execution that begins before everything it comes after took effect, past a delay as well", () => {
    const early = executed("r:notify[0]@1", 29, { endAt: 40, worker: "worker-2" });
    expect(judged(early).counterexamples[0]).toEqual({
      subject: "r:notify",
      because: "it began at 0.029 s, and reserve before it was done at 0.030 s",
      at: 29,
    });
    expect(judged(executed("r:ship@1", 98)).counterexamples[0]).toMatchObject({ subject: "r:ship" });
  });

  test("rejects a step that began though the one before it was never done", () => {
    const [, second] = without("r:reserve@1").counterexamples;
    expect(second).toMatchObject({
      subject: "r:notify",
      because: expect.stringContaining("reserve before it was never done"),
    });
  });

  test("is unknown when nothing was started, and when nobody wrote the workflow down", () => {
    expect(verdictOn(stepsRunOnceInOrder(), order).status).toBe("unknown");
    expect(verdictOn(stepsRunOnceInOrder(), order, started("r", "order", 10, { outcome: "unknown" })).status).toBe(
      "unknown",
    );
    expect(judged(started("s", "other", 10))).toMatchObject({ status: "unknown", examined: 4 });
  });
});
