import { expect, test } from "vitest";

import type { Clock } from "../../core/mod.ts";
import type { K6Plan } from "../k6/plan.ts";
import { k6Operations } from "./k6-operations.ts";

const stream = { load: "steady", client: "load", via: "gateway-2", url: "", headers: {}, body: "", timeoutMs: 1 };
const plan: K6Plan = { streams: { stream_0: stream }, options: {} };
const beganAt = Date.parse("2026-01-02T03:04:05.000Z");
const clock = { now: () => 500, unixMs: () => beganAt + 500 } as Clock;

function taken(metadata: Record<string, string>, fields: object = {}) {
  const operations = k6Operations(plan, clock);
  const data = { time: "2026-01-02T03:04:06.000250001Z", value: 12.5, tags: { scenario: "stream_0" }, metadata };
  operations.take(JSON.stringify({ metric: "seatrial_operation", type: "Point", data, ...fields }));
  return operations.all();
}

test("a point becomes an operation on the clock of the run, to the microsecond", () => {
  const [operation] = taken({ status: "202", body: '{"job_id":"j"}' });
  expect(operation).toMatchObject({ load: "steady", via: "gateway-2", outcome: "ok", status: 202, job: "j" });
  expect(operation?.at).toBeCloseTo(1_000.25, 3);
  expect(operation?.sentAt).toBeCloseTo(987.75, 3);
});

test.each([
  [{ status: "429", body: "" }, "refused"],
  [{ status: "500", body: "" }, "unknown"],
  [{ status: "0", code: "1050", error: "request timeout" }, "unknown"],
  [{ status: "0", code: "1212", error: "connection refused" }, "error"],
  [{ status: "0", code: "1101", error: "no such host" }, "error"],
  [{ status: "0", code: "1200", error: "read error" }, "unknown"],
  [{ status: "0", code: "1201", error: "broken pipe" }, "unknown"],
  [{ status: "0", code: "1220", error: "connection reset" }, "unknown"],
  [{ sequence: "7", job: "k6-1", error: "" }, "ok"],
  [{ sequence: "0", job: "k6-1", error: "timeout" }, "unknown"],
])("%o is %s", (metadata, outcome) => {
  expect(taken(metadata)).toMatchObject([{ outcome }]);
});

test("other metrics, other scenarios, and torn lines are passed over", () => {
  expect(taken({}, { metric: "http_req_duration" })).toEqual([]);
  expect(taken({}, { type: "Metric" })).toEqual([]);
  const operations = k6Operations({ ...plan, streams: {} }, clock);
  operations.take('{"metric":"seatrial_operation","type":"Point","data":{"time"');
  operations.take('{"metric":"seatrial_operation","type":"Point","data":{"tags":{"scenario":"other"}}}');
  expect(operations.count).toBe(0);
});
