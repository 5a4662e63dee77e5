import { expect, test } from "vitest";

import { parsePlan } from "./read-plan.ts";

const plan = (bus: string, rest = "measure: { lasting: 2s }\nsweep: { lasting: 2s }"): string =>
  `ask: { rate: 100/s, p99Wait: 100ms }\n${rest}\nconfigurations:\n  small: ${bus}\n`;

test("a plan whose windows see enough is taken", () => {
  expect(parsePlan("p", plan("{ shards: 1, workers: 1, service: 20ms }")).configurations).toHaveLength(1);
});

test.each([
  ["{ shards: 1, workers: 1, service: 1s }", "would see 1.0 messages of the bus"],
  ["{ shards: 1, workers: 4, service: 100ms, arrivals: { bursts: 100 } }", "and needs 300"],
])("windows that see next to nothing are refused: %s", (bus, because) => {
  expect(() => parsePlan("p", plan(bus))).toThrow(because);
});

test("a backlog that nobody can wait for is refused", () => {
  const bus = "{ shards: 1, workers: 1, service: 100ms }";
  const sweep = "measure: { lasting: 10s }\nsweep: { utilisations: [1.5], lasting: 10m }";
  expect(() => parsePlan("p", plan(bus, sweep))).toThrow("to work off");
  const long = "measure: { lasting: 10m }\nsweep: { lasting: 10m }";
  expect(() => parsePlan("p", plan("{ shards: 1, workers: 9, service: 10s }", long))).toThrow("to work off");
});
