import { describe, expect, test } from "vitest";

import { delaysAreNotEarly } from "./delays-are-not-early.ts";
import { executed, verdictOn } from "./story.test-support.ts";
import { decided, done, fact, registered, started } from "./workflow-story.test-support.ts";

const delay = (id: string, after: string[], delayMs = 100) => fact(id, after, { type: "delay", jobs: 0, delayMs });
const order = registered("order", fact("reserve", []), delay("cool", ["reserve"]), fact("ship", ["cool"]));
const begun = [order, started("r", "order", 10), done("r:reserve@1", 20, 30)];

describe("delaysAreNotEarly", () => {
  test("accepts what begins when the delay is over, and says how late the latest was", () => {
    const verdict = verdictOn(delaysAreNotEarly(), ...begun, executed("r:ship@1", 155));
    expect(verdict).toMatchObject({ status: "pass", examined: 1 });
    expect(verdict.measurements).toEqual([{ name: "delayOvershootMsMax", value: 25 }]);
  });

  test("allows for the wall clock's whole milliseconds, and for no more", () => {
    expect(verdictOn(delaysAreNotEarly(), ...begun, executed("r:ship@1", 128.1)).status).toBe("pass");
    const verdict = verdictOn(delaysAreNotEarly(), ...begun, executed("r:ship@1", 127.9));
    expect(verdict.counterexamples).toMatchObject([{ subject: "r:cool", at: 127.9 }]);
  });

  test("goes by the first execution, be it in vain", () => {
    const events = [executed("r:ship@1", 100, { endAt: 101 }), done("r:ship@2", 140, 150)];
    expect(verdictOn(delaysAreNotEarly(), ...begun, ...events).status).toBe("fail");
  });

  test("looks past conditions, adds delays that follow each other, and counts from an approval", () => {
    const long = registered(
      "order",
      fact("ok", [], { type: "approval", jobs: 0 }),
      ...[delay("one", ["ok"]), delay("two", ["one"])],
      fact("check", ["two"], { type: "condition", jobs: 0 }),
      fact("ship", ["check"]),
    );
    const approved = [long, started("r", "order", 10), decided("r", "ok", 52)];
    expect(verdictOn(delaysAreNotEarly(), ...approved, executed("r:ship@1", 250))).toMatchObject({
      status: "pass",
      examined: 2,
    });
    expect(verdictOn(delaysAreNotEarly(), ...approved, executed("r:ship@1", 240))).toMatchObject({ violations: 1 });
    expect(verdictOn(delaysAreNotEarly(), ...approved, executed("r:ship@1", 140))).toMatchObject({ violations: 2 });
  });

  test("is unknown when nothing began after a delay, when it was never due, and when there is no delay", () => {
    expect(verdictOn(delaysAreNotEarly(), ...begun).status).toBe("unknown");
    expect(verdictOn(delaysAreNotEarly(), ...begun.slice(0, 2), executed("r:ship@1", 155)).status).toBe("unknown");
    const plain = registered("order", fact("reserve", []));
    expect(verdictOn(delaysAreNotEarly(), plain, ...begun.slice(1)).status).toBe("unknown");
  });
});
