import { connect } from "node:net";

import { afterAll, beforeAll, expect, test } from "vitest";

import { gatewayOnTrial, type GatewayOnTrial, type Sending } from "./gateway-on-trial.test-support.ts";

let gateway: GatewayOnTrial;
beforeAll(async () => {
  gateway = await gatewayOnTrial({ GATEWAY_MAX_JOB_PAYLOAD_BYTES: "20000" });
});
afterAll(() => gateway.stop());

interface Case {
  readonly what: string;
  readonly sending: Sending;
  readonly status: number;
  readonly code: string;
  readonly says?: string;
}

const nested = (levels: number): string => `{"payload":${"[".repeat(levels)}${"]".repeat(levels)}}`;
const json = (body: unknown): Sending => ({ body });

const cases: Case[] = [
  { what: "malformed JSON", sending: { text: '{"topic":' }, status: 400, code: "malformed_json" },
  { what: "no body", sending: {}, status: 400, code: "invalid_request", says: "body must be object" },
  { what: "an empty body", sending: { text: "" }, status: 400, code: "invalid_request" },
  { what: "a list", sending: json([]), status: 400, code: "invalid_request", says: "body must be object" },
  { what: "a number as topic", sending: json({ topic: 5 }), status: 400, code: "invalid_request", says: "body/topic" },
  { what: "a list as labels", sending: json({ labels: [] }), status: 400, code: "invalid_request" },
  {
    ...{ what: "a number as label", sending: json({ labels: { a: 1 } }), status: 400, code: "invalid_request" },
    says: "body/labels/a must be string",
  },
  { what: "a text as deadline", sending: json({ deadline_ms: "5" }), status: 400, code: "invalid_request" },
  { what: "a deadline in the past", sending: json({ deadline_ms: -5 }), status: 400, code: "invalid_request" },
  { what: "half a millisecond", sending: json({ deadline_ms: 0.5 }), status: 400, code: "invalid_request" },
  { what: "an empty key", sending: json({ idempotency_key: "" }), status: 400, code: "invalid_request" },
  {
    ...{ what: "a key with a space", status: 400, code: "invalid_request" },
    sending: { body: {}, headers: { "idempotency-key": "a b" } },
  },
  {
    ...{ what: "a field that nobody knows", status: 400, code: "invalid_request" },
    ...{ sending: json({ deadlineMs: 5 }), says: 'body has no field "deadlineMs"' },
  },
  {
    ...{ what: "an unknown topic", sending: json({ topic: "job.ecko" }), status: 400, code: "unknown_topic" },
    says: "did you mean job.echo",
  },
  { what: "a payload without bottom", sending: { text: nested(9_000) }, status: 400, code: "payload_too_deep" },
  { what: "an oversize body", sending: json({ payload: "x".repeat(20_000) }), status: 413, code: "body_too_large" },
  {
    ...{ what: "a body that is not JSON", status: 415, code: "unsupported_media_type" },
    sending: { text: "topic=job.echo", headers: { "content-type": "application/x-www-form-urlencoded" } },
  },
  {
    ...{ what: "plain text", status: 415, code: "unsupported_media_type" },
    sending: { text: "hello", headers: { "content-type": "text/plain" } },
  },
  { what: "a missing API key", sending: { body: {}, withoutKey: true }, status: 401, code: "missing_api_key" },
  {
    ...{ what: "a wrong API key", status: 401, code: "wrong_api_key" },
    sending: { body: {}, headers: { "x-api-key": "key-ax" } },
  },
];

test.each(cases)("$what: $status $code", async ({ sending, status, code, says = "" }) => {
  const answer = await gateway.send("POST", "/api/v1/jobs", sending);
  expect(answer).toMatchObject({ status, code });
  expect(answer.body["error"]).toMatchObject({ message: expect.any(String), hint: expect.any(String) });
  expect(answer.text).toContain(says.replaceAll('"', String.raw`\"`));
  expect(gateway.fake.jobs.records.size).toBe(0);
});

test.each([
  ["GET", "/api/v1/jobs/no-such-job", 404, "unknown_job"],
  ["POST", "/api/v1/jobs/no-such-job/cancel", 404, "unknown_job"],
  ["GET", "/api/v1/jobs?limit=0", 400, "invalid_request"],
  ["GET", "/api/v1/jobs?limit=201", 400, "invalid_request"],
  ["GET", "/api/v1/jobs?limit=ten", 400, "invalid_request"],
  ["GET", "/api/v1/jobs?cursor=mine", 400, "invalid_request"],
  ["GET", "/api/v2/jobs", 404, "unknown_route"],
  ["DELETE", "/api/v1/jobs/some-job", 404, "unknown_route"],
  ["GET", "/api/v1/jobs/%E0%A4%A", 400, "bad_url"],
])("%s %s: %i %s", async (method, path, status, code) => {
  expect(await gateway.send(method, path)).toMatchObject({ status, code });
});

test.each(["/api/v1/jobs", "/api/v1/jobs/some-job", "/api/v1/workers"])("%s needs an API key", async (path) => {
  expect(await gateway.send("GET", path, { withoutKey: true })).toMatchObject({ status: 401 });
});

test("a body that grows too large as it comes is refused as well", async () => {
  const body = ReadableStream.from(Array.from({ length: 40 }, () => Buffer.alloc(1_000, " ")));
  const headers = { "x-api-key": "key-a", "content-type": "application/json" };
  const answer = await fetch(`${gateway.url}/api/v1/jobs`, { method: "POST", headers, body, duplex: "half" });
  expect(answer.status).toBe(413);
});

test("a key is refused before the body is looked at, and never logged", async () => {
  const headers = { "x-api-key": "open-sesame" };
  const answer = await gateway.send("POST", "/api/v1/jobs", { text: '{"topic":', headers });
  expect(answer).toMatchObject({ status: 401, code: "wrong_api_key" });
  expect(gateway.fake.logged.join()).not.toContain("open-sesame");
});

test("what is no HTTP at all gets an answer too", async () => {
  const answer = await new Promise<string>((resolve, reject) => {
    let text = "";
    const socket = connect(Number(new URL(gateway.url).port), "127.0.0.1", () => socket.write("HELLO\r\n\r\n"));
    socket
      .on("data", (chunk) => (text += String(chunk)))
      .on("end", () => resolve(text))
      .on("error", reject);
  });
  expect(answer).toContain("400 Bad Request");
  expect(answer).toContain('"code":"malformed_http"');
});

test("whether a payload is too deep is never found out by a crash", async () => {
  for (const levels of [1_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000]) {
    const headers = { "idempotency-key": `nested-${levels}` };
    const { status } = await gateway.send("POST", "/api/v1/jobs", { text: nested(levels), headers });
    expect(status, `${levels} levels`).toBeOneOf(levels === 1_000 ? [202] : [202, 400]);
  }
  gateway.fake.jobs.records.clear();
});

test("a payload may hold any names and values that JSON has", async () => {
  const payload = '{"__proto__":{"a":1},"constructor":{"prototype":2},"":[null,true,1.5,"\\u0000é"]}';
  const { status, body } = await gateway.send("POST", "/api/v1/jobs", {
    text: `{"payload":${payload},"idempotency_key":"odd"}`,
  });
  expect(status).toBe(202);
  const kept = gateway.fake.jobs.payloads.get(String(body["job_id"]));
  expect(kept).toBe(JSON.stringify(JSON.parse(payload)));
  gateway.fake.jobs.records.clear();
});
