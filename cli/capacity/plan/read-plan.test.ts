import { join } from "node:path";

import { expect, test } from "vitest";

import { UsageError } from "../../../core/mod.ts";
import { parsePlan, readPlan } from "./read-plan.ts";

const plans = join(import.meta.dirname, "../../../plans");

const good = `title: A plan
ask:
  rate: 1000/s
  p99Wait: 250ms
measure:
  utilisations: [0.5, 1.13]
  holdsWithin: 5%
configurations:
  small:
    shards: 2
    workers: 3
    service: { mean: 20ms, spread: fixed }
    topics: { count: 10, zipf: 1 }
    arrivals: { bursts: 16 }
    payload: 2KiB
  plain:
    service: 25ms
`;

test("a plan says what it says, and the rest is as the reference has it", () => {
  const plan = parsePlan("plan.yaml", good);
  expect(plan.ask).toEqual({ peakPerSecond: 1_000, p99WaitMs: 250, away: 1, safetyMargin: 1.5 });
  expect(plan.measure).toMatchObject({ utilisations: [0.5, 1.13], holdsWithinPercent: 5, repeats: 3 });
  expect(plan.configurations).toEqual([
    {
      name: "small",
      shards: 2,
      workersPerShard: 3,
      queueSize: 10_000,
      service: { meanMs: 20, spread: "fixed", work: "wait" },
      topics: { count: 10, zipf: 1 },
      arrivals: { process: "bursts", of: 16 },
      payloadBytes: 2_048,
    },
    expect.objectContaining({
      name: "plain",
      shards: 8,
      workersPerShard: 4,
      service: { meanMs: 25, spread: "exponential", work: "wait" },
      arrivals: { process: "poisson" },
    }),
  ]);
});

test.each(["quick.yaml", "message-bus.yaml"])("plans/%s can be read", (name) => {
  expect(readPlan(join(plans, name)).configurations.length).toBeGreaterThan(0);
});

test("plans/message-bus.yaml has at least six buses that differ", () => {
  const { configurations } = readPlan(join(plans, "message-bus.yaml"));
  const buses = configurations.map((bus) => JSON.stringify({ ...bus, name: "" }));
  expect(new Set(buses).size).toBeGreaterThanOrEqual(6);
});

test.each([
  ["  rate: 1000/s", "  rat: 1000/s", 'plan.yaml:3: ask.rat: unknown key "rat"', 'did you mean "rate"?'],
  ["    workers: 3", "    worker: 3", 'plan.yaml:11: configurations.small.worker: unknown key "worker"', '"workers"'],
  ["measure:", "measures:", 'plan.yaml:6: measures: unknown key "measures"', '"measure"'],
  ["rate: 1000/s", "rate: 1000", 'ask.rate: "1000" has no unit that fits', "10/s"],
  ["rate: 1000/s", "rate: 1000/m", '"1000/m" has no unit that fits', "10/s"],
  ["rate: 1000/s", "rate: 0/s", "ask.rate: 0/s is too little", "give"],
  ["rate: 1000/s", "rate: -5/s", "ask.rate: -5/s is too little", "give"],
  ["rate: 1000/s", "rate: .nan", "has no unit that fits", "10/s"],
  ["p99Wait: 250ms", "p99Wait: 250", '"250" is no duration', "250ms"],
  ["p99Wait: 250ms", "p99Wait: 250kg", '"250kg" is no duration', "250ms"],
  ["p99Wait: 250ms", "p99Wait: 0s", "0s is too little", "give"],
  ["p99Wait: 250ms", "p99Wait: -1s", "-1s is too little", "give"],
  ["shards: 2", "shards: 0", "configurations.small.shards: 0 is too little", "1 to 1024"],
  ["shards: 2", "shards: 2.5", "2.5 is not whole", "whole number"],
  ["shards: 2", "shards: two", "this is no number", "without a unit"],
  ["workers: 3", "workers: -3", "-3 is too little", "1 to"],
  ["mean: 20ms", "mean: 20", '"20" is no duration', "ms"],
  ["spread: fixed", "spread: fixd", '"fixd" is none of exponential, fixed', 'did you mean "fixed"?'],
  ["arrivals: { bursts: 16 }", "arrivals: poison", '"poison" is none of', '"poisson"'],
  ["payload: 2KiB", "payload: 2KB", '"2KB" has no unit', "10KiB"],
  ["holdsWithin: 5%", "holdsWithin: 5", '"5" has no unit', "10%"],
  ["utilisations: [0.5, 1.13]", "utilisations: [0.5, 0]", "measure.utilisations[1]: 0 is too little", "give"],
  ["utilisations: [0.5, 1.13]", "utilisations: [.nan]", "this is no number", "give"],
  ["utilisations: [0.5, 1.13]", "utilisations: []", "has 0 entries", "give 1 to"],
  ["service: 25ms", "service: 1ms", "", ""],
  ["    service: 25ms", "    shards: 8", '"service" is missing', "service: 25ms"],
  ["title: A plan", "title: [", "plan.yaml:", "mend the YAML"],
  ["title: A plan", "ask: {}", "plan.yaml:2", "mend the YAML"],
])("%s written as %s is a mistake that is shown its place", (right, wrong, complaint, wayOut) => {
  const text = good.replace(right, wrong);
  expect(text).not.toBe(good);
  try {
    parsePlan("plan.yaml", text);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(UsageError);
    expect((thrown as UsageError).message).toContain(complaint);
    expect((thrown as UsageError).hint).toContain(wayOut);
    return;
  }
  throw new Error("nobody complained");
});

test.each(["", "42", "[]", "title: A plan", "ask: { rate: 1/s, p99Wait: 1s }\nconfigurations: {}"])(
  "a plan that only says %j is refused",
  (text) => expect(() => parsePlan("plan.yaml", text)).toThrow(UsageError),
);

test("a plan that is not there is a mistake, with a plan that is", () => {
  expect(() => readPlan("no-such-plan.yaml")).toThrow("Cannot read the plan no-such-plan.yaml");
});
