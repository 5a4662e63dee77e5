import { expect, test } from "vitest";

import type { ComparisonRow } from "../../../capacity/mod.ts";
import { aWindow } from "../measure/window.test-support.ts";
import { compareAll } from "./compare-all.ts";
import { someEvidence } from "./evidence.test-support.ts";

test("every question has its row: pods, throughput, wait, and what it costs", () => {
  expect(compareAll(someEvidence()).map(({ figure }) => figure)).toEqual([
    "pods, 1 away",
    "throughput, every queue full",
    "throughput, this traffic",
    "load within p99 wait 250 ms",
    "mean wait at 0.5",
    "p99 wait at 0.5",
    "p99 wait, hottest shard at 0.5",
    "mean wait at 0.8",
    "p99 wait at 0.8",
    "p99 wait, hottest shard at 0.8",
    "messages queued before 429",
    "memory of a queued message",
    "CPU of a message",
    "cores busy at 0.8",
    "threads",
  ]);
});

test("the formula is optimistic about a hot shard, and the model is not", () => {
  const row = rowOf("throughput, this traffic");
  expect(row.measured.median).toBe(200);
  expect(row.formula).toMatchObject({ predicted: 320, word: "optimistic" });
  expect(row.model).toMatchObject({ predicted: 200, word: "holds" });
});

test("pods are counted by what was carried for sure, and by what may be carried at best", () => {
  const row = rowOf("pods");
  expect(row.measured).toEqual({ median: 7, min: 7, max: 7, n: 1 });
  expect(row.formula).toMatchObject({ predicted: 5, word: "optimistic" });
  expect(rowOf("pods", { knee: { at: 130, below: 120, above: 180, because: "" } }).measured).toMatchObject({
    min: 7,
    max: 9,
  });
});

test("where nothing was carried there are no pods, and no load", () => {
  const knee = { at: undefined, below: undefined, above: 100, because: "" };
  const figures = compareAll(someEvidence({ knee })).map(({ figure }) => figure);
  expect(figures).not.toContain("pods, 1 away");
  expect(figures).not.toContain("load within p99 wait 250 ms");
});

test("a load of 1 and above is said in words, and nothing becomes NaN or null", () => {
  const overloaded = aWindow({ utilisation: 1.13, serviceMs: 100, offeredPerSecond: 226, deliveredPerSecond: 200 });
  const rows = compareAll(someEvidence({ windows: [overloaded] }));
  const wait = rows.find(({ figure }) => figure === "mean wait at 1.13");
  expect(wait?.model).toBeUndefined();
  expect(wait?.modelInWords).toBe("unstable: 1.13 of what it can serve; the queue grows by 5.2 msg/s");
  expect(JSON.stringify(rows)).not.toMatch(/NaN|null|Infinity/);
});

test("handlers that burn the CPU have one server, whatever the formula multiplies", () => {
  const { configuration } = someEvidence();
  const burning = { ...configuration, service: { ...configuration.service, work: "burn" as const } };
  const saturated = [aWindow({ serviceMs: 100, deliveredPerSecond: 10 })];
  const row = rowOf("throughput, this traffic", { configuration: burning, saturated });
  expect(row).toMatchObject({
    formula: { predicted: 320, word: "optimistic" },
    model: { predicted: 10, word: "holds" },
  });
});

test("the queue's capacity is the formula's only where nobody refuses early", () => {
  expect(rowOf("messages queued")).toMatchObject({
    formula: { predicted: 80_000, word: "optimistic" },
    model: { predicted: 64_000, word: "holds" },
  });
  expect(rowOf("memory")).toMatchObject({ formula: { predicted: 1_024, word: "optimistic" } });
});

test("where the system tells no threads, the row is left out", () => {
  expect(compareAll(someEvidence({ threads: undefined })).map(({ figure }) => figure)).not.toContain("threads");
});

function rowOf(beginning: string, given: Parameters<typeof someEvidence>[0] = {}): ComparisonRow {
  const row = compareAll(someEvidence(given)).find(({ figure }) => figure.startsWith(beginning));
  if (!row) throw new Error(`no row begins with ${beginning}`);
  return row;
}
