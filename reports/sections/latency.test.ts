import { expect, test } from "vitest";

import type { OperationEvent } from "../../core/mod.ts";
import { emptyHistory, sampleRecord } from "../sample-record.test-support.ts";
import { latency } from "./latency.ts";

function submission(id: number, override: Partial<OperationEvent> = {}): OperationEvent {
  const times = { intendedAt: 1_000, sentAt: 1_400, at: 1_500 };
  return {
    kind: "op",
    op: "submit",
    who: "load",
    id,
    load: "steady",
    via: "gateway-1",
    outcome: "ok",
    ...times,
    ...override,
  };
}

test("a late generator hides nothing: latency counts from when the submission was due", () => {
  const history = { ...emptyHistory, endedAt: 2_000, operations: [submission(1), submission(2)] };
  const table = latency.render({ record: sampleRecord(), history }).find((block) => block.kind === "table");
  expect(table?.rows[0]?.at(-1)).toEqual({ value: 500, unit: "ms" });
});

test("refusals do not make the plane look quick, and missing answers are told", () => {
  const operations = [
    submission(1),
    submission(2),
    submission(3, { outcome: "refused", at: 1_401 }),
    submission(4, { outcome: "unknown" }),
  ];
  const [sentence, table] = latency.render({ record: sampleRecord(), history: { ...emptyHistory, operations } });
  expect(table?.kind === "table" && table.rows[0]?.[1]).toEqual({ value: 2, unit: "count" });
  expect(sentence?.kind === "text" && sentence.text).toContain("1 submission without an answer");
});

test("too few samples have no p99", () => {
  const operations = Array.from({ length: 99 }, (_, id) => submission(id));
  const [, table] = latency.render({ record: sampleRecord(), history: { ...emptyHistory, operations } });
  expect(table?.kind === "table" && table.rows[0]?.[4]).toBe("too few");
});
