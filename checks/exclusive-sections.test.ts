import { describe, expect, test } from "vitest";

import type { HistoryEvent } from "../core/mod.ts";
import { lockIsExclusive } from "./lock-is-exclusive.ts";
import { oneLeaderAtATime } from "./one-leader-at-a-time.ts";
import { fault, holder, replica, stall, submitted, verdictOn, wrote } from "./story.test-support.ts";

const one = holder("scheduler-1");
const two = holder("scheduler-2");
const judge = (...events: (HistoryEvent | HistoryEvent[])[]) => verdictOn(lockIsExclusive(), ...events);
const asleep = (who: string, fromMs: number, toMs: number) => [
  replica(who, "paused", fromMs),
  replica(who, "resumed", toMs),
];

describe("stays that exclude each other", () => {
  test("pass, one after the other, and at the same time under different keys", () => {
    const elsewhere = holder("scheduler-2", { key: "another", section: "s2" });
    const verdict = judge(
      ...[one.entered(0, 3_000), one.renewed(1_000, 4_000), one.left(2_000)],
      ...[two.entered(2_001, 5_000), two.left(2_500)],
      ...[elsewhere.entered(500, 3_500), elsewhere.left(900)],
    );
    expect(verdict).toMatchObject({ status: "pass", examined: 3, violations: 0 });
    expect(verdict.measurements).toEqual([
      { name: "overlaps", value: 0 },
      { name: "overlapMsMax", value: 0 },
      { name: "overlapMsTotal", value: 0 },
    ]);
  });

  test("pass when the answer to a release comes after the next holder has entered", () => {
    const late = one.left(900, { sentAt: 100, removed: true });
    expect(judge(one.entered(0, 3_000), two.entered(150, 3_150), late, two.left(950)).status).toBe("pass");
  });

  test("pass when the next holder enters after a dead holder's key has run out", () => {
    const events = [
      one.entered(0, 3_000),
      replica("scheduler-1", "exited", 500),
      two.entered(3_100, 6_000),
      two.left(3_200),
    ];
    expect(judge(...events).status).toBe("pass");
  });

  test("pass when a holder dies with its release in hand, and the next one enters before the death is noted", () => {
    const died = [one.entered(0, 3_000), replica("scheduler-1", "exited", 150)];
    const next = [two.entered(100, 3_100), two.left(200)];
    const verdict = judge(...died, ...next);
    expect(verdict).toMatchObject({ status: "pass", examined: 2 });
    expect(verdict.measurements[0]).toEqual({ name: "overlaps", value: 0 });
    expect(judge(...died, ...next, one.renewed(110, 3_110)).status).toBe("fail");
    const write = wrote("a", "DISPATCHED", 120, { section: one.section, sentAt: 110 });
    expect(judge(...died, ...next, write).counterexamples[0]?.because).toBe(
      "scheduler-2 entered at 0.100 s, and scheduler-1 went on until it died",
    );
    expect(judge(...died, ...next, { ...write, sentAt: 90 }).status).toBe("pass");
  });

  test("are unknown when there was none, or only of another guard", () => {
    expect(judge(submitted("a", 1))).toMatchObject({
      status: "unknown",
      summary: "Nothing was examined: no lock was taken.",
    });
    expect(verdictOn(oneLeaderAtATime(), one.entered(0, 3_000), one.left(10)).status).toBe("unknown");
  });
});

describe("a second holder inside the first one's time", () => {
  test("is a violation, however short", () => {
    const verdict = judge(one.entered(0, 3_000), two.entered(100, 3_100), two.left(105), one.left(2_000));
    expect(verdict).toMatchObject({ status: "fail", examined: 2, violations: 1 });
    expect(verdict.counterexamples[0]).toEqual({
      subject: "key",
      because: "scheduler-2 entered at 0.100 s, while scheduler-1 held it until 3.000 s",
      at: 100,
    });
  });

  test("is one for leases too", () => {
    const [first, second] = [holder("scheduler-1", { guard: "lease" }), holder("scheduler-2", { guard: "lease" })];
    const events = [first.entered(0, 3_000), second.entered(100, 3_100), second.left(105), first.left(2_000)];
    expect(verdictOn(oneLeaderAtATime(), ...events)).toMatchObject({ check: "one leader at a time", status: "fail" });
  });

  test("is one within a single replica", () => {
    const again = holder("scheduler-1", { section: "scheduler-1/2" });
    expect(judge(one.entered(0, 3_000), again.entered(50, 3_050), again.left(60), one.left(70)).status).toBe("fail");
  });

  test("is forgiven for a moment when the release was not timed: the key may have been free already", () => {
    const untimed = { removed: true };
    const story = (leftAt: number) => [
      one.entered(0, 3_000),
      two.entered(100, 3_100),
      one.left(leftAt, untimed),
      two.left(900),
    ];
    expect(judge(...story(300)).status).toBe("pass");
    expect(judge(...story(500)).status).toBe("fail");
    expect(judge(...story(500), ...asleep("scheduler-1", 110, 490)).status).toBe("pass");
  });
});

describe("a holder whose time is over, and another one inside", () => {
  const sleeper = [one.entered(0, 3_000), ...asleep("scheduler-1", 500, 7_000)];
  const successor = [two.entered(3_100, 6_100), two.renewed(4_000, 9_000), two.left(8_000)];

  test("does no harm while it sleeps; the overlap is measured", () => {
    const verdict = judge(...sleeper, ...successor, one.abandoned(7_020));
    expect(verdict).toMatchObject({ status: "pass", examined: 2 });
    expect(verdict.measurements).toEqual([
      { name: "overlaps", value: 1 },
      { name: "overlapMsMax", value: 3_920 },
      { name: "overlapMsTotal", value: 3_920 },
    ]);
    expect(verdict.summary).toContain("1 overlapped in the belief of a sleeper");
  });

  test("is as good as asleep while the machine stands still", () => {
    const events = [one.entered(0, 3_000), stall("scheduler-1", 500, 7_000), ...successor, one.abandoned(7_020)];
    expect(judge(...events).status).toBe("pass");
    expect(judge(...events.filter(({ kind }) => kind !== "stall")).status).toBe("fail");
  });

  test("is a violation when it goes on for too long after it has woken", () => {
    const verdict = judge(...sleeper, ...successor, one.abandoned(7_400));
    expect(verdict.counterexamples[0]?.because).toBe(
      "scheduler-2 entered at 3.100 s, and scheduler-1 stayed inside for 400 ms, awake",
    );
  });

  test("is a violation when it wakes and both have written", () => {
    const successors = wrote("a", "DISPATCHED", 4_000, { section: two.section, sentAt: 3_999, who: "scheduler-2" });
    const late = { section: one.section, who: "scheduler-1" };
    const story = (write: HistoryEvent) => judge(...sleeper, ...successor, one.abandoned(7_020), successors, write);
    const verdict = story(wrote("a", "TIMEOUT", 7_010, { ...late, sentAt: 7_005 }));
    expect(verdict.counterexamples[0]?.because).toContain("both wrote: scheduler-1 wrote TIMEOUT of a at 7.010 s");
    expect(story(wrote("a", "TIMEOUT", 7_010, { ...late, sentAt: 7_005, accepted: false })).status).toBe("pass");
    expect(story(wrote("a", "TIMEOUT", 7_010, { ...late, sentAt: 490 })).status).toBe("pass");
    expect(story(wrote("a", "TIMEOUT", 7_010, late)).status).toBe("pass");
  });
});

describe("a release", () => {
  const sleepy = [one.entered(0, 3_000), ...asleep("scheduler-1", 1_010, 8_000)];
  const release = (removed: boolean) => one.left(8_005, { sentAt: 1_000, removed });

  test("that removed its successor's key is a violation: the successor lost it before its time", () => {
    const verdict = judge(
      ...sleepy,
      two.entered(3_100, 6_100),
      two.renewed(7_100, 10_100),
      release(true),
      two.abandoned(8_100),
    );
    expect(verdict.status).toBe("fail");
    expect(verdict.counterexamples.map(({ because }) => because)).toContain(
      "scheduler-1's release at 8.005 s removed the key of scheduler-2",
    );
  });

  test("that removed nothing, or its own key long before its answer came, is none", () => {
    const successor = [two.entered(3_100, 6_100), two.renewed(7_100, 10_100), two.left(8_100)];
    expect(judge(...sleepy, ...successor, release(false)).status).toBe("pass");
    expect(judge(...sleepy, ...successor, release(true)).status).toBe("pass");
  });

  test("that was sent after the other had entered is a violation by itself", () => {
    const late = one.left(3_210, { sentAt: 3_200, removed: true });
    const verdict = judge(
      one.entered(0, 3_000),
      ...asleep("scheduler-1", 100, 3_190),
      two.entered(3_100, 6_100),
      late,
      two.left(3_300),
    );
    expect(verdict.counterexamples[0]?.because).toBe("scheduler-1's release at 3.210 s removed the key of scheduler-2");
  });

  test("by a holder that had given up before is one too", () => {
    const events = [
      ...sleepy,
      two.entered(3_100, 11_000),
      one.abandoned(8_001),
      one.left(8_010, { removed: true }),
      two.left(8_500),
    ];
    expect(judge(...events).status).toBe("fail");
  });
});

describe("a lock that runs out under its holder", () => {
  const lost = [one.entered(0, 3_000), one.renewed(1_000, 4_000), one.abandoned(4_001)];

  test("is a violation when the holder was awake to renew it", () => {
    const verdict = judge(...lost);
    expect(verdict).toMatchObject({ status: "fail", violations: 1 });
    expect(verdict.counterexamples[0]?.because).toBe(
      "scheduler-1 lost it at 4.001 s, 3001 ms after its last renewal, awake",
    );
    expect(judge(one.entered(0, 3_000), one.left(3_500)).status).toBe("fail");
  });

  test("is none when the holder slept, or the machine stood still, for a third of the time or more", () => {
    expect(judge(...lost, stall("scheduler-1", 1_500, 3_900)).status).toBe("pass");
    expect(judge(...lost, ...asleep("scheduler-1", 1_500, 3_990)).status).toBe("pass");
    expect(judge(...lost, stall("scheduler-1", 1_500, 1_800)).status).toBe("fail");
    expect(judge(...lost, stall("scheduler-2", 1_500, 3_900)).status).toBe("fail");
  });

  test("is none while a fault keeps the store away", () => {
    expect(judge(...lost, fault("1 pause redis", "redis", 900, 5_000)).status).toBe("pass");
    expect(judge(...lost, fault("1 kill worker-1", "worker-1", 900, 5_000)).status).toBe("fail");
    expect(judge(...lost, fault("1 pause redis", "redis", 100, 900)).status).toBe("fail");
  });

  test("is none while its holder is cut off from the store, and one while that is only far away", () => {
    expect(judge(...lost, fault("1 cut scheduler-1 redis", "scheduler-1", 900, 5_000)).status).toBe("pass");
    expect(judge(...lost, fault("1 cut scheduler-2 redis", "scheduler-2", 900, 5_000)).status).toBe("fail");
    expect(judge(...lost, fault("1 cut scheduler-1 nats", "scheduler-1", 900, 5_000)).status).toBe("fail");
    expect(judge(...lost, fault("1 delay scheduler-1 redis", "scheduler-1", 900, 5_000)).status).toBe("fail");
  });

  test("is none for a holder that died", () => {
    const died = [one.entered(0, 3_000), replica("scheduler-1", "exited", 2_000), submitted("a", 9_000)];
    expect(judge(...died).status).toBe("pass");
  });

  test("is a violation when the holder never noticed", () => {
    expect(judge(one.entered(0, 3_000), submitted("a", 9_000)).status).toBe("fail");
    expect(judge(one.entered(0, 3_000), submitted("a", 2_000)).status).toBe("pass");
  });

  test("is a violation when the key was gone before its time", () => {
    expect(judge(one.entered(0, 3_000), one.left(1_010, { sentAt: 1_000, removed: false })).status).toBe("fail");
  });
});

test("thousands of holders that never leave are judged in linear time", () => {
  const crowd = Array.from({ length: 20_000 }, (_, index) =>
    holder(`scheduler-${index}`, { section: `s${index}` }).entered(index, index + 1e9),
  );
  expect(judge(...crowd)).toMatchObject({ status: "fail", examined: 20_000, violations: 19_999 });
});
