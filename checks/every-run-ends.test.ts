import { describe, expect, test } from "vitest";

import { everyRunEnds } from "./every-run-ends.ts";
import { verdictOn } from "./story.test-support.ts";
import { done, fact, registered, runRead, started } from "./workflow-story.test-support.ts";

const begun = [
  registered("order", fact("reserve", []), fact("ship", ["reserve"])),
  started("r", "order", 10),
  done("r:reserve@1", 20, 30),
];
const whole = [...begun, done("r:ship@1", 40, 50)];
const both = [runRead("r", "succeeded", 90), runRead("r", "succeeded", 91, { via: "gateway-2" })];

describe("everyRunEnds", () => {
  test("accepts a run that succeeded by every gateway's word, and took effect", () => {
    expect(verdictOn(everyRunEnds(), ...whole, both)).toMatchObject({ status: "pass", examined: 1 });
    expect(verdictOn(everyRunEnds(), ...whole, runRead("r", "running", 45), both).status).toBe("pass");
  });

  test("does not hold a start without an acknowledgement against the plane", () => {
    const unclear = started("s", "order", 10, { outcome: "unknown" });
    expect(verdictOn(everyRunEnds(), ...whole, both, unclear)).toMatchObject({ status: "pass", examined: 1 });
  });

  test.each(["pending", "running", "waiting", "failed", "cancelled", "timed_out", "missing"])(
    "rejects a run that is %s by one gateway's word",
    (state) => {
      const other = runRead("r", state, 92, { via: "gateway-2", cause: "step_failed" });
      const verdict = verdictOn(everyRunEnds(), ...whole, both, other);
      expect(verdict).toMatchObject({ status: "fail", violations: 1 });
      expect(verdict.summary).toContain(`gateway-2 said at 0.092 s that it is ${state} (step_failed)`);
    },
  );

  test("rejects an end that somebody saw undone", () => {
    const verdict = verdictOn(everyRunEnds(), ...whole, runRead("r", "failed", 60), both);
    expect(verdict).toMatchObject({ status: "fail" });
    expect(verdict.summary).toContain("it is failed, and later it was not");
  });

  test("rejects the plane's word alone", () => {
    expect(verdictOn(everyRunEnds(), ...begun, both).summary).toContain("its step ship has not taken effect");
  });

  test("is unknown when a gateway could not tell, when nobody could, and when there is no run", () => {
    const another = [started("s", "order", 10), done("s:reserve@1", 20, 30), done("s:ship@1", 40, 50)];
    const verdict = verdictOn(everyRunEnds(), ...whole, both, ...another, runRead("s", "succeeded", 90));
    expect(verdict).toMatchObject({ status: "unknown", examined: 1 });
    expect(verdict.summary).toContain("gateway-2 could not tell about s");
    expect(verdictOn(everyRunEnds(), ...whole).status).toBe("unknown");
    expect(verdictOn(everyRunEnds()).status).toBe("unknown");
  });
});
