import { expect, test } from "vitest";

import { UsageError } from "../../core/mod.ts";
import { planTrials, reproduceCommand } from "./plan.ts";

const choices = { seed: "7", tuning: "fast", set: [], without: [] };

test("a scenario is one trial, and a suite one for each of its scenarios", () => {
  expect(planTrials("scheduler-failover", choices).map((plan) => plan.name)).toEqual(["scheduler-failover"]);
  expect(planTrials("gate-19", choices)).toHaveLength(5);
});

test("a mistyped name is refused with the nearest ones", () => {
  expect(() => planTrials("scheduler-failovr", choices)).toThrow('Unknown scenario or suite "scheduler-failovr"');
  expect(hintOf(() => planTrials("scheduler-failovr", choices))).toContain("scheduler-failover");
  expect(hintOf(() => planTrials("gate-19", { ...choices, without: ["fencing"] }))).toContain("fencing-epoch");
});

test("names that every object has are no scenario, suite or safeguard", () => {
  for (const name of ["constructor", "toString", "__proto__"]) {
    expect(() => planTrials(name, choices)).toThrow(`Unknown scenario or suite "${name}"`);
    expect(() => planTrials("gate-19", { ...choices, without: [name] })).toThrow(`Unknown safeguard "${name}"`);
  }
});

test("a scenario that lies in wait inside a replica is refused in containers, before anything is started", () => {
  const refused = () => planTrials("crash-after-publish", { ...choices, world: "compose" });
  expect(refused).toThrow(UsageError);
  expect(refused).toThrow("crash-after-publish");
  expect(hintOf(refused)).toContain("--world local");
  expect(planTrials("crash-after-publish", { ...choices, world: "local" })).toHaveLength(1);
  expect(planTrials("gate-19", { ...choices, world: "compose" })).toHaveLength(5);
});

test("a scenario that strikes a server itself is refused where the servers are real ones", () => {
  for (const world of ["local", "compose"]) {
    const refused = () => planTrials("redis-failover", { ...choices, world });
    expect(refused).toThrow("redis-failover strikes redis itself (failOver)");
    expect(hintOf(refused)).toBe("use --world sim");
  }
  expect(planTrials("servers", { ...choices, world: "sim" })).toHaveLength(5);
});

test("the command that does a run again names everything that was chosen", () => {
  const [plan] = planTrials("paused-worker", {
    ...choices,
    set: ["WORKER_TTL=5s"],
    without: ["fencing-epoch", "outbox"],
  });
  expect(plan && reproduceCommand(plan)).toBe(
    "npm run seatrial -- run paused-worker --seed 7 --tuning fast --set WORKER_TTL=5s --without fencing-epoch --without outbox",
  );
});

test("a pace of one's own changes the scenario's times, and is part of the command", () => {
  const [plan] = planTrials("scheduler-failover", { ...choices, pace: "0.5" });
  expect(plan?.scenario.faults[0]?.atMs).toBe(10_000);
  expect(plan && reproduceCommand(plan)).toContain(" --pace 0.5");
  for (const pace of ["0", "-1", "fast", "", "Infinity"]) {
    expect(() => planTrials("scheduler-failover", { ...choices, pace })).toThrow("Not a pace");
  }
});

test("a seed is a number, perhaps with those of a pair or an attempt behind it", () => {
  for (const seed of ["0", "7", "1764000000000", "7-1", "7-2-1"]) {
    expect(planTrials("steady-load", { ...choices, seed })[0]?.seed).toBe(seed);
  }
  for (const seed of ["abc", "", "-1", "1.5", "7-", "0x10", "1e3", "99999999999999999"]) {
    expect(() => planTrials("steady-load", { ...choices, seed })).toThrow(`Not a seed: "${seed}"`);
  }
});

function hintOf(act: () => unknown): unknown {
  try {
    act();
  } catch (thrown) {
    return (thrown as { hint?: string }).hint;
  }
  return undefined;
}
