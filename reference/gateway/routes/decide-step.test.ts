import { expect, test } from "vitest";

import { decodePacket } from "../../domain/packets.ts";
import { OutcomeUnknown, Unavailable } from "../../ports/mod.ts";
import type { StepRun } from "../../domain/workflow/mod.ts";
import { gatewayWithOrder } from "./workflow-on-trial.test-support.ts";

const patient = { timeout: 10_000 };
const other = { headers: { "x-api-key": "key-b" } };
const waiting = (startedUnixMs: number): Readonly<Record<string, StepRun>> => ({
  agree: { state: "waiting", startedUnixMs, dueUnixMs: startedUnixMs + 60_000 },
});

/** A gateway with a run that waits for its approval, and what it told the engines since. */
async function gatewayWithApproval() {
  const gateway = await gatewayWithOrder();
  const id = await gateway.start();
  await expect.poll(() => gateway.fake.published, patient).toHaveLength(1);
  gateway.fake.published.length = 0;
  gateway.fake.workflows.move(id, { state: "waiting" }, waiting(Date.UTC(2026, 0, 1)));
  const commands = () => gateway.fake.published.map(({ body }) => decodePacket("run-command", body)?.payload);
  return { ...gateway, id, commands };
}

test.each(["approve", "reject"])("%s is passed on to the engines, with who decided", async (decision) => {
  await using gateway = await gatewayWithApproval();
  const { id } = gateway;
  const { status, body } = await gateway.send("POST", `/api/v1/workflow-runs/${id}/steps/agree/${decision}`);
  expect({ status, body }).toEqual({ status: 202, body: { run_id: id, step: "agree", decision } });
  expect(gateway.commands()).toEqual([{ run_id: id, command: decision, step: "agree", requested_by: "acme" }]);
});

test.each([
  ["a step that is done", "charge", 409, "not_waiting"],
  ["a step that waits for its time", "cool", 409, "not_waiting"],
  ["a step that there is not", "agre", 404, "unknown_step"],
  ["a name that every object has", "constructor", 404, "unknown_step"],
])("%s cannot be decided", async (_what, step, status, code) => {
  await using gateway = await gatewayWithApproval();
  gateway.fake.workflows.move(gateway.id, {}, { charge: { state: "succeeded" }, cool: { state: "waiting" } });
  const answer = await gateway.send("POST", `/api/v1/workflow-runs/${gateway.id}/steps/${step}/approve`);
  expect(answer).toMatchObject({ status, code });
  expect(gateway.commands()).toEqual([]);
});

test("another tenant can neither see, decide nor cancel", async () => {
  await using gateway = await gatewayWithApproval();
  const run = `/api/v1/workflow-runs/${gateway.id}`;
  expect((await gateway.send("GET", "/api/v1/approvals", other)).body).toEqual({ items: [] });
  for (const wish of ["steps/agree/approve", "cancel"]) {
    expect(await gateway.send("POST", `${run}/${wish}`, other)).toMatchObject({ status: 404, code: "unknown_run" });
  }
  expect(gateway.commands()).toEqual([]);
});

test("a decision that the bus did not take is said to be lost, and one without an answer to be unknown", async () => {
  await using gateway = await gatewayWithApproval();
  const path = `/api/v1/workflow-runs/${gateway.id}/steps/agree/approve`;
  gateway.fake.faults.fail("bus.publish", new Unavailable("NATS"));
  expect(await gateway.send("POST", path)).toMatchObject({ status: 503, code: "bus_unavailable" });
  gateway.fake.faults.loseReply("bus.publish", new OutcomeUnknown("NATS"));
  gateway.fake.faults.fail("bus.publish", new OutcomeUnknown("NATS"));
  expect(await gateway.send("POST", path)).toMatchObject({ status: 503, code: "outcome_unknown" });
});

test("a lost receipt is asked for again under the same message id", async () => {
  await using gateway = await gatewayWithApproval();
  gateway.fake.faults.loseReply("bus.publish", new OutcomeUnknown("NATS"));
  const path = `/api/v1/workflow-runs/${gateway.id}/steps/agree/approve`;
  expect(await gateway.send("POST", path)).toMatchObject({ status: 202 });
  const [first, second] = gateway.fake.published.map(({ id }) => id);
  expect(second).toBe(first);
});

test("approvals are listed with their prompt, the longest waiting first, also of runs that do other things", async () => {
  await using gateway = await gatewayWithApproval();
  const older = await gateway.start();
  gateway.fake.workflows.move(older, { state: "running" }, waiting(Date.UTC(2025, 0, 1)));
  const { body } = await gateway.send("GET", "/api/v1/approvals");
  const same = { workflow_id: "order", step: "agree", prompt: "Ship it?" };
  expect(body["items"]).toEqual([
    { ...same, run_id: older, waiting_since: "2025-01-01T00:00:00.000Z", expires_at: "2025-01-01T00:01:00.000Z" },
    { ...same, run_id: gateway.id, waiting_since: "2026-01-01T00:00:00.000Z", expires_at: "2026-01-01T00:01:00.000Z" },
  ]);
  expect((await gateway.send("GET", "/api/v1/approvals?limit=1")).body["items"]).toHaveLength(1);
  expect(await gateway.send("GET", "/api/v1/approvals?limit=0")).toMatchObject({ status: 400 });
});

test("approvals are found on further pages of runs", async () => {
  await using gateway = await gatewayWithApproval();
  for (let n = 0; n < 230; n++) {
    const run = gateway.fake.workflows.records.get(gateway.id);
    const steps = { agree: { state: "succeeded" } } as const;
    if (run) gateway.fake.workflows.records.set(`r${n}`, { ...run, id: `r${n}`, steps });
  }
  const { body } = await gateway.send("GET", "/api/v1/approvals");
  expect(body["items"]).toMatchObject([{ run_id: gateway.id }]);
});

test("a run is cancelled by an engine; one that is cancelled already stays so; another end is in the way", async () => {
  await using gateway = await gatewayWithApproval();
  const cancel = () => gateway.send("POST", `/api/v1/workflow-runs/${gateway.id}/cancel`);
  expect(await cancel()).toMatchObject({ status: 202, body: { run_id: gateway.id, state: "waiting" } });
  expect(gateway.commands()).toEqual([{ run_id: gateway.id, command: "cancel", requested_by: "acme" }]);
  gateway.fake.workflows.move(gateway.id, { state: "cancelled" });
  expect(await cancel()).toMatchObject({ status: 200, body: { state: "cancelled" } });
  gateway.fake.workflows.move(gateway.id, { state: "failed" });
  expect(await cancel()).toMatchObject({ status: 409, code: "already_ended" });
  expect(gateway.commands()).toHaveLength(1);
});
