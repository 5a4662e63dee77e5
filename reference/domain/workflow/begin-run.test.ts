import { expect, test } from "vitest";

import { UsageError } from "../../../core/mod.ts";
import { beginRun } from "./begin-run.ts";
import { parseDefinition } from "./parse-definition.ts";

const definition = parseDefinition({
  id: "w",
  timeout_sec: 2,
  steps: { a: { type: "worker", topic: "job.x" }, b: { type: "approval" } },
});
const fresh = { id: "run-1", tenant: "t", traceId: "x", definition, input: { n: 1 }, nowUnixMs: 10 };

test("a new run is pending, and so is each of its steps", () => {
  expect(beginRun(fresh)).toEqual({
    ...{ id: "run-1", tenant: "t", traceId: "x", definition, input: { n: 1 } },
    ...{ state: "pending", createdUnixMs: 10, deadlineUnixMs: 2_010 },
    steps: { a: { state: "pending" }, b: { state: "pending" } },
  });
});

test("an id that its jobs' ids cannot carry is a bug", () => {
  for (const id of ["", "a:b", "a@1", "a[0]"]) expect(() => beginRun({ ...fresh, id })).toThrow(/cannot be the id/);
});

test.each([
  ["is too large", "x".repeat(262_144), /has 262146 characters; the most is 262144/],
  ["is nested too deeply", JSON.parse(`${"[".repeat(70)}${"]".repeat(70)}`), /nested more than 64 deep/],
  ["holds too long a list", { list: Array.from({ length: 10_001 }, () => 1) }, /a list of 10001; the most is 10000/],
  ["is no JSON", { n: 1n }, /not JSON: bigint/],
  ["is not there", undefined, /not JSON: undefined/],
])("an input that %s is refused", (_what, input, message) => {
  expect(() => beginRun({ ...fresh, input })).toThrow(UsageError);
  expect(() => beginRun({ ...fresh, input })).toThrow(message);
});

test("a list of 10,000 is not too long", () => {
  expect(beginRun({ ...fresh, input: Array.from({ length: 10_000 }, () => 1) }).state).toBe("pending");
});
