import { expect, test } from "vitest";

import { OutcomeUnknown, Unavailable } from "../ports/mod.ts";
import { gatewayOnTrial, type Answer, type GatewayOnTrial } from "./gateway-on-trial.test-support.ts";

const order = { topic: "job.echo", payload: { a: 1, b: [2] }, labels: { team: "red" } };

function submit(gateway: GatewayOnTrial, key: string, body: object = order): Promise<Answer> {
  return gateway.send("POST", "/api/v1/jobs", { body, headers: { "idempotency-key": key } });
}

test("a repeated request gets the same job, and is told that it is a replay", async () => {
  await using gateway = await gatewayOnTrial();
  const first = await submit(gateway, "k-1");
  const again = await submit(gateway, "k-1", { labels: { team: "red" }, payload: { b: [2], a: 1 }, topic: "job.echo" });
  expect([first.status, again.status]).toEqual([202, 200]);
  expect([again.body["job_id"], again.body["trace_id"]]).toEqual([first.body["job_id"], first.body["trace_id"]]);
  expect([first.headers.get("idempotent-replay"), again.headers.get("idempotent-replay")]).toEqual([null, "true"]);
  expect(gateway.fake.jobs.records.size).toBe(1);
});

test("the header wins over the field in the body", async () => {
  await using gateway = await gatewayOnTrial();
  const inBody = await gateway.send("POST", "/api/v1/jobs", { body: { ...order, idempotency_key: "k-1" } });
  const same = await submit(gateway, "k-1", { ...order, idempotency_key: "k-2" });
  expect(same.body["job_id"]).toBe(inBody.body["job_id"]);
  expect([...gateway.fake.reservations.keys()]).toEqual(["acme:k-1"]);
});

test.each([
  { ...order, payload: { a: 2, b: [2] } },
  { ...order, topic: "job.default" },
  { ...order, labels: {} },
  { ...order, deadline_ms: 5_000 },
])("another request under the same key is a conflict: %j", async (other) => {
  await using gateway = await gatewayOnTrial();
  await submit(gateway, "k-1");
  const { status, code } = await submit(gateway, "k-1", other);
  expect({ status, code }).toEqual({ status: 422, code: "idempotency_conflict" });
  expect(gateway.fake.jobs.records.size).toBe(1);
});

test("each tenant has keys of its own", async () => {
  await using gateway = await gatewayOnTrial();
  const acme = await submit(gateway, "k-1");
  const headers = { "idempotency-key": "k-1", "x-api-key": "key-b" };
  const beta = await gateway.send("POST", "/api/v1/jobs", { body: order, headers });
  expect(beta.status).toBe(202);
  expect(beta.body["job_id"]).not.toBe(acme.body["job_id"]);
});

test("requests that race under one key get one job between them", async () => {
  await using gateway = await gatewayOnTrial();
  const answers = await Promise.all(Array.from({ length: 12 }, () => submit(gateway, "k-1")));
  expect(new Set(answers.map(({ body }) => body["job_id"])).size).toBe(1);
  expect(answers.filter(({ status }) => status === 202).length).toBeGreaterThanOrEqual(1);
  expect(gateway.fake.jobs.records.size).toBe(1);
});

test("a gateway that failed between reservation and creation is made up for by the next request", async () => {
  await using gateway = await gatewayOnTrial();
  gateway.fake.faults.fail("jobs.create", new Unavailable("Redis"));
  const failed = await submit(gateway, "k-1");
  const next = await submit(gateway, "k-1");
  expect([failed.status, next.status]).toEqual([503, 202]);
  expect(next.body["job_id"]).toBe(gateway.fake.reservations.get("acme:k-1")?.job);
});

test("a reservation whose reply got lost is still the first", async () => {
  await using gateway = await gatewayOnTrial();
  gateway.fake.faults.loseReply("idempotency.reserve", new OutcomeUnknown("Redis"));
  const { status, headers } = await submit(gateway, "k-1");
  expect({ status, replay: headers.get("idempotent-replay") }).toEqual({ status: 202, replay: null });
});

test("a request whose every first reply got lost is still the first", async () => {
  await using gateway = await gatewayOnTrial();
  gateway.fake.faults.loseReply("idempotency.reserve", new OutcomeUnknown("Redis"));
  gateway.fake.faults.loseReply("jobs.create", new OutcomeUnknown("Redis"));
  const { status, headers } = await submit(gateway, "k-1");
  expect({ status, replay: headers.get("idempotent-replay") }).toEqual({ status: 202, replay: null });
});

const dayMs = 24 * 3_600_000;

test("a job that may have ended and been forgotten is not made a second time", async () => {
  await using gateway = await gatewayOnTrial({ JOB_META_TTL: "24h" });
  const { body } = await submit(gateway, "k-1");
  const id = ageReservation(gateway, 2 * dayMs);
  gateway.fake.jobs.records.clear();
  const { status, code, text } = await submit(gateway, "k-1");
  expect({ status, code }).toEqual({ status: 410, code: "job_forgotten" });
  expect(text).toContain(id);
  expect(id).not.toBe(body["job_id"]);
  expect(gateway.fake.jobs.records.size).toBe(0);
});

test("an old job that is still there is found", async () => {
  await using gateway = await gatewayOnTrial({ JOB_META_TTL: "24h" });
  const { body } = await submit(gateway, "k-1");
  const job = gateway.fake.jobs.records.get(String(body["job_id"]));
  const id = ageReservation(gateway, 2 * dayMs);
  if (job) gateway.fake.jobs.records.set(id, { ...job, id, state: "SUCCEEDED" });
  const again = await submit(gateway, "k-1");
  expect(again).toMatchObject({ status: 200, body: { job_id: id, state: "SUCCEEDED" } });
});

/** Makes the reservation of `k-1` older, as its job's id tells; returns that id. */
function ageReservation(gateway: GatewayOnTrial, byMs: number): string {
  const { job, digest } = gateway.fake.reservations.get("acme:k-1") ?? { job: "", digest: "" };
  const born = (Date.now() - byMs).toString(16).padStart(12, "0");
  const id = `${born.slice(0, 8)}-${born.slice(8)}${job.slice(13)}`;
  gateway.fake.reservations.set("acme:k-1", { job: id, digest });
  return id;
}
