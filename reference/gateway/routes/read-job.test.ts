import { expect, test } from "vitest";

import { OutcomeUnknown, Unavailable } from "../../ports/mod.ts";
import { gatewayOnTrial } from "../gateway-on-trial.test-support.ts";

test("a job is told with its state, its end and its log", async () => {
  await using gateway = await gatewayOnTrial();
  const order = { topic: "job.echo", labels: { team: "red" }, deadline_ms: 60_000 };
  const { body } = await gateway.send("POST", "/api/v1/jobs", { body: order });
  const id = String(body["job_id"]);
  gateway.fake.jobs.move(id, { state: "FAILED", epoch: 2, worker: "w-1", cause: "worker_lost", result: '{"a":1}' });
  const answer = await gateway.send("GET", `/api/v1/jobs/${id}`);
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    ...{ job_id: id, trace_id: body["trace_id"], topic: "job.echo", tenant: "acme", labels: { team: "red" } },
    ...{ state: "FAILED", epoch: 2, attempts: 2, worker: "w-1", cause: "worker_lost", result: { a: 1 } },
    ...{ created_at: "2026-01-01T00:00:00.000Z", updated_at: "2026-01-01T00:00:00.000Z" },
    log: [{ state: "PENDING", epoch: 0, unixMs: Date.UTC(2026, 0, 1), by: "gateway-1" }],
  });
});

test("a result that is no JSON is shown as it is", async () => {
  await using gateway = await gatewayOnTrial();
  const { body } = await gateway.send("POST", "/api/v1/jobs", { body: {} });
  gateway.fake.jobs.move(String(body["job_id"]), { state: "SUCCEEDED", result: "{broken" });
  const answer = await gateway.send("GET", `/api/v1/jobs/${String(body["job_id"])}`);
  expect(answer.body["result"]).toBe("{broken");
});

test.each([new Unavailable("Redis"), new OutcomeUnknown("Redis")])(
  "a job that cannot be read now is not called unknown (%s)",
  async (error) => {
    await using gateway = await gatewayOnTrial();
    gateway.fake.faults.fail("jobs.read", error);
    expect(await gateway.send("GET", "/api/v1/jobs/some-job")).toMatchObject({
      ...{ status: 503, code: "store_unavailable" },
    });
  },
);
