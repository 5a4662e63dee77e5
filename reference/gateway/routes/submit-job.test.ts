import { expect, test } from "vitest";

import { decodePacket } from "../../domain/packets.ts";
import { OutcomeUnknown, Unavailable } from "../../ports/mod.ts";
import { gatewayOnTrial } from "../gateway-on-trial.test-support.ts";

const order = { topic: "job.echo", payload: { prompt: "hello" }, labels: { team: "red" } };

test("a job is stored with what was asked for, and acknowledged with its place", async () => {
  await using gateway = await gatewayOnTrial();
  const { status, headers, body } = await gateway.send("POST", "/api/v1/jobs", { body: order });
  expect({ status, state: body["state"], place: headers.get("location") }).toEqual({
    status: 202,
    state: "PENDING",
    place: `/api/v1/jobs/${String(body["job_id"])}`,
  });
  const job = gateway.fake.jobs.records.get(String(body["job_id"]));
  expect(job).toMatchObject({ topic: "job.echo", tenant: "acme", labels: { team: "red" }, traceId: body["trace_id"] });
  expect(gateway.fake.jobs.payloads.get(String(body["job_id"]))).toBe('{"prompt":"hello"}');
});

test("the intent to hand it over is stored with the job, delivered and settled", async () => {
  await using gateway = await gatewayOnTrial();
  const { body } = await gateway.send("POST", "/api/v1/jobs", { body: order });
  const id = String(body["job_id"]);
  await expect.poll(() => gateway.fake.delivered).toHaveLength(1);
  const [intent] = gateway.fake.delivered[0]?.entry.intents ?? [];
  expect(intent).toMatchObject({ kind: "publish", subject: "sys.job.submit", id: `submit:${id}` });
  const text = intent?.kind === "publish" ? intent.body : "";
  expect(decodePacket("submit", text)?.payload.job_id).toBe(id);
  expect(gateway.fake.jobs.records.get(id)?.outbox).toEqual([]);
});

test("an empty object asks for the first topic with no payload", async () => {
  await using gateway = await gatewayOnTrial();
  const { status, body } = await gateway.send("POST", "/api/v1/jobs", { body: {} });
  expect(status).toBe(202);
  expect(gateway.fake.jobs.records.get(String(body["job_id"]))?.topic).toBe("job.default");
  expect(gateway.fake.jobs.payloads.get(String(body["job_id"]))).toBe("null");
});

test("a deadline counts from the moment of acceptance", async () => {
  await using gateway = await gatewayOnTrial();
  const before = Date.now();
  const { body } = await gateway.send("POST", "/api/v1/jobs", { body: { deadline_ms: 60_000 } });
  const deadline = gateway.fake.jobs.records.get(String(body["job_id"]))?.deadlineUnixMs ?? 0;
  expect(deadline).toBeGreaterThanOrEqual(before + 60_000);
  expect(deadline).toBeLessThanOrEqual(Date.now() + 60_000);
});

test("the acknowledgement does not wait for the bus", async () => {
  await using gateway = await gatewayOnTrial();
  const delivery = gateway.fake.faults.hold("outbox.deliver");
  const { status, body } = await gateway.send("POST", "/api/v1/jobs", { body: order });
  expect(status).toBe(202);
  await delivery.reached;
  expect(gateway.fake.jobs.records.get(String(body["job_id"]))?.outbox).toHaveLength(1);
  delivery.release();
});

test("a lost reply of the store is asked for again, and the job is acknowledged and handed over once", async () => {
  await using gateway = await gatewayOnTrial();
  gateway.fake.faults.loseReply("jobs.create", new OutcomeUnknown("Redis"));
  const { status, body } = await gateway.send("POST", "/api/v1/jobs", { body: order });
  expect(status).toBe(202);
  await expect.poll(() => gateway.fake.delivered.map(({ job }) => job)).toEqual([body["job_id"]]);
  expect(gateway.fake.jobs.records.size).toBe(1);
});

test("an outcome that stays unknown is called unknown, and the way out is named", async () => {
  await using gateway = await gatewayOnTrial();
  gateway.fake.faults.loseReply("jobs.create", new OutcomeUnknown("Redis"));
  gateway.fake.faults.fail("jobs.create", new Unavailable("Redis"));
  const { status, code, text, headers } = await gateway.send("POST", "/api/v1/jobs", { body: order });
  expect({ status, code, retryAfter: headers.get("retry-after") }).toEqual({
    ...{ status: 503, code: "outcome_unknown", retryAfter: "1" },
  });
  expect(text).toContain("Idempotency-Key");
  expect(gateway.fake.jobs.records.size).toBe(1);
});

test("a store that is surely away is called unavailable, and nothing is stored", async () => {
  await using gateway = await gatewayOnTrial();
  gateway.fake.faults.fail("jobs.create", new Unavailable("Redis"));
  const { status, code, headers } = await gateway.send("POST", "/api/v1/jobs", { body: order });
  expect({ status, code, retryAfter: headers.get("retry-after") }).toEqual({
    ...{ status: 503, code: "store_unavailable", retryAfter: "1" },
  });
  expect(gateway.fake.jobs.records.size).toBe(0);
});

test("a bug is a 500 without its inner words, which are in the log", async () => {
  await using gateway = await gatewayOnTrial();
  gateway.fake.faults.fail("jobs.create", new TypeError("inner words"));
  const { status, code, text } = await gateway.send("POST", "/api/v1/jobs", { body: order });
  expect({ status, code }).toEqual({ status: 500, code: "internal" });
  expect(text).not.toContain("inner words");
  expect(gateway.fake.logged.join()).toContain("request failed");
});
