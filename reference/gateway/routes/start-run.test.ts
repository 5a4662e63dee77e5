import { expect, test } from "vitest";

import { decodePacket } from "../../domain/packets.ts";
import { OutcomeUnknown, Unavailable } from "../../ports/mod.ts";
import { gatewayWithOrder } from "./workflow-on-trial.test-support.ts";

const patient = { timeout: 10_000 };
const runs = "/api/v1/workflows/order/runs";
const named = (key: string, input: unknown = { customer: 7 }) => ({ body: { input, idempotency_key: key } });

test("a run is stored with its input, acknowledged with its place, and the engines are told", async () => {
  await using gateway = await gatewayWithOrder();
  const { status, headers, body } = await gateway.send("POST", runs, { body: { input: { customer: 7 } } });
  const id = String(body["run_id"]);
  expect({ status, state: body["state"], place: headers.get("location") }).toEqual({
    ...{ status: 202, state: "pending", place: `/api/v1/workflow-runs/${id}` },
  });
  expect(gateway.fake.workflows.records.get(id)).toMatchObject({ tenant: "acme", input: { customer: 7 } });
  await expect.poll(() => gateway.fake.published, patient).toHaveLength(1);
  const [message] = gateway.fake.published;
  expect(message).toMatchObject({ subject: "sys.workflow.command", id: `start:${id}` });
  const packet = decodePacket("run-command", message?.body ?? "");
  expect(packet?.payload).toEqual({ run_id: id, command: "start", requested_by: "acme" });
  expect(packet?.trace_id).toBe(body["trace_id"]);
});

test("a run needs no body", async () => {
  await using gateway = await gatewayWithOrder();
  const { status, body } = await gateway.send("POST", runs);
  expect(status).toBe(202);
  expect(gateway.fake.workflows.records.get(String(body["run_id"]))?.input).toBeNull();
});

test("a run that is stored is acknowledged, though nobody could be told of it", async () => {
  await using gateway = await gatewayWithOrder();
  gateway.fake.faults.fail("bus.publish", new Unavailable("NATS"));
  expect(await gateway.send("POST", runs, {})).toMatchObject({ status: 202 });
  await expect.poll(() => gateway.fake.counts.get("outboxFailed"), patient).toBe(1);
  expect(gateway.fake.workflows.records.size).toBe(1);
});

test("one idempotency key stands for one run, in the body or in the header", async () => {
  await using gateway = await gatewayWithOrder();
  const first = await gateway.send("POST", runs, named("k"));
  const again = await gateway.send("POST", runs, {
    body: { input: { customer: 7 } },
    headers: { "idempotency-key": "k" },
  });
  expect(again).toMatchObject({ status: 200, body: { run_id: first.body["run_id"] } });
  expect(again.headers.get("idempotent-replay")).toBe("true");
  expect(gateway.fake.workflows.records.size).toBe(1);
  await expect.poll(() => gateway.fake.published, patient).toHaveLength(1);
});

test("a repeated request finds its run, also when the workflow is gone", async () => {
  await using gateway = await gatewayWithOrder();
  const first = await gateway.send("POST", runs, named("k"));
  await gateway.send("DELETE", "/api/v1/workflows/order");
  expect((await gateway.send("POST", runs, named("k"))).body["run_id"]).toBe(first.body["run_id"]);
  expect(await gateway.send("POST", runs, named("other"))).toMatchObject({ status: 404, code: "unknown_workflow" });
});

test("a key whose first gateway died before it stored the run makes it the second time", async () => {
  await using gateway = await gatewayWithOrder();
  gateway.fake.faults.fail("runs.create", new Unavailable("Redis"));
  expect(await gateway.send("POST", runs, named("k"))).toMatchObject({ status: 503, code: "store_unavailable" });
  expect(await gateway.send("POST", runs, named("k"))).toMatchObject({ status: 202 });
  expect(gateway.fake.workflows.records.size).toBe(1);
});

test("a key stands for one request, and a job's key is no run's", async () => {
  await using gateway = await gatewayWithOrder();
  await gateway.send("POST", runs, named("k"));
  expect(await gateway.send("POST", runs, named("k", { customer: 8 }))).toMatchObject({
    ...{ status: 422, code: "idempotency_conflict" },
  });
  expect(await gateway.send("POST", "/api/v1/jobs", { body: { idempotency_key: "k" } })).toMatchObject({ status: 202 });
});

test("a lost reply of the store is asked for again, and the run is acknowledged as new", async () => {
  await using gateway = await gatewayWithOrder();
  gateway.fake.faults.loseReply("runs.create", new OutcomeUnknown("Redis"));
  expect(await gateway.send("POST", runs, named("k"))).toMatchObject({ status: 202 });
  await expect.poll(() => gateway.fake.published, patient).toHaveLength(1);
});

test.each([
  ["an unknown workflow", "/api/v1/workflows/ordr/runs", {}, 404, "unknown_workflow"],
  ["an unknown field", runs, { inputs: {} }, 400, "invalid_request"],
  ["a list", runs, [], 400, "invalid_request"],
  ["an empty key", runs, { idempotency_key: "" }, 400, "invalid_request"],
  [
    "an input without bottom",
    runs,
    { input: JSON.parse("[".repeat(70) + "]".repeat(70)) as unknown },
    400,
    "invalid_request",
  ],
])("%s is refused", async (_what, path, body, status, code) => {
  await using gateway = await gatewayWithOrder();
  const answer = await gateway.send("POST", path, { body });
  expect(answer).toMatchObject({ status, code });
  expect(answer.body["error"]).toMatchObject({ hint: expect.not.stringContaining("labels") });
  expect(gateway.fake.workflows.records.size).toBe(0);
});

test("another tenant's workflow cannot be started", async () => {
  await using gateway = await gatewayWithOrder();
  const answer = await gateway.send("POST", runs, { body: {}, headers: { "x-api-key": "key-b" } });
  expect(answer).toMatchObject({ status: 404, code: "unknown_workflow" });
});
