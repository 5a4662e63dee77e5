import { expect, test } from "vitest";

import { decodePacket } from "../../domain/packets.ts";
import { OutcomeUnknown, Unavailable } from "../../ports/mod.ts";
import { gatewayOnTrial, type Answer, type GatewayOnTrial } from "../gateway-on-trial.test-support.ts";

async function submitted(gateway: GatewayOnTrial): Promise<string> {
  const { body } = await gateway.send("POST", "/api/v1/jobs", { body: {} });
  await expect.poll(() => gateway.fake.delivered).toHaveLength(1);
  gateway.fake.delivered.length = 0;
  return String(body["job_id"]);
}

function cancel(gateway: GatewayOnTrial, id: string): Promise<Answer> {
  return gateway.send("POST", `/api/v1/jobs/${id}/cancel`);
}

test("a running job is cancelled, and its worker is told", async () => {
  await using gateway = await gatewayOnTrial();
  const id = await submitted(gateway);
  gateway.fake.jobs.move(id, { state: "RUNNING", epoch: 3, worker: "worker-2" });
  expect(await cancel(gateway, id)).toMatchObject({ status: 200, body: { job_id: id, state: "CANCELLED" } });
  expect(gateway.fake.jobs.records.get(id)).toMatchObject({
    ...{ state: "CANCELLED", epoch: 3, cause: "cancelled_by_client" },
  });
  await expect.poll(() => gateway.fake.delivered).toHaveLength(1);
  const [intent] = gateway.fake.delivered[0]?.entry.intents ?? [];
  expect(intent).toMatchObject({ kind: "publish", subject: "sys.job.cancel", id: `cancel:${id}` });
  const packet = decodePacket("cancel", intent?.kind === "publish" ? intent.body : "");
  expect(packet?.payload).toMatchObject({ job_id: id, worker_id: "worker-2", requested_by: "acme" });
});

test("cancelling twice is harmless", async () => {
  await using gateway = await gatewayOnTrial();
  const id = await submitted(gateway);
  await cancel(gateway, id);
  const { revision } = gateway.fake.jobs.records.get(id) ?? {};
  expect(await cancel(gateway, id)).toMatchObject({ status: 200, body: { state: "CANCELLED" } });
  expect(gateway.fake.jobs.records.get(id)?.revision).toBe(revision);
});

test.each(["SUCCEEDED", "FAILED", "TIMEOUT"] as const)("a job that has ended as %s stays so", async (state) => {
  await using gateway = await gatewayOnTrial();
  const id = await submitted(gateway);
  gateway.fake.jobs.move(id, { state });
  const answer = await cancel(gateway, id);
  expect(answer).toMatchObject({ status: 409, code: "already_ended" });
  expect(answer.text).toContain(state);
  expect(gateway.fake.jobs.records.get(id)?.state).toBe(state);
});

test("a race that is lost is run again on what the winner wrote", async () => {
  await using gateway = await gatewayOnTrial();
  const id = await submitted(gateway);
  const write = gateway.fake.faults.hold("jobs.advance");
  const answer = cancel(gateway, id);
  await write.reached;
  gateway.fake.jobs.move(id, { state: "DISPATCHED", epoch: 1 });
  write.release();
  expect(await answer).toMatchObject({ status: 200 });
  expect(gateway.fake.jobs.records.get(id)).toMatchObject({ state: "CANCELLED", epoch: 1 });
});

test("a job that ends while it is being cancelled keeps its end", async () => {
  await using gateway = await gatewayOnTrial();
  const id = await submitted(gateway);
  const write = gateway.fake.faults.hold("jobs.advance");
  const answer = cancel(gateway, id);
  await write.reached;
  gateway.fake.jobs.move(id, { state: "SUCCEEDED" });
  write.release();
  expect(await answer).toMatchObject({ status: 409, code: "already_ended" });
});

test("a lost reply is made up for by asking again, and the worker is still told", async () => {
  await using gateway = await gatewayOnTrial();
  const id = await submitted(gateway);
  gateway.fake.faults.loseReply("jobs.advance", new OutcomeUnknown("Redis"));
  expect(await cancel(gateway, id)).toMatchObject({ status: 200, body: { state: "CANCELLED" } });
  await expect.poll(() => gateway.fake.delivered.map(({ job }) => job)).toEqual([id]);
});

test("an outcome that stays unknown is called unknown", async () => {
  await using gateway = await gatewayOnTrial();
  const id = await submitted(gateway);
  gateway.fake.faults.loseReply("jobs.advance", new OutcomeUnknown("Redis"));
  gateway.fake.faults.fail("jobs.advance", new Unavailable("Redis"));
  expect(await cancel(gateway, id)).toMatchObject({ status: 503, code: "outcome_unknown" });
  expect(gateway.fake.jobs.records.get(id)?.state).toBe("CANCELLED");
});

test("a store that is away cancels nothing", async () => {
  await using gateway = await gatewayOnTrial();
  const id = await submitted(gateway);
  gateway.fake.faults.fail("jobs.advance", new Unavailable("Redis"));
  expect(await cancel(gateway, id)).toMatchObject({ status: 503, code: "store_unavailable" });
  expect(gateway.fake.jobs.records.get(id)?.state).toBe("PENDING");
});

test("a race that is lost every time is given up", async () => {
  await using gateway = await gatewayOnTrial();
  const id = await submitted(gateway);
  const races = Array.from({ length: 8 }, () => gateway.fake.faults.hold("jobs.advance"));
  const answer = cancel(gateway, id);
  for (const race of races) {
    await race.reached;
    gateway.fake.jobs.move(id, { state: "RUNNING" });
    race.release();
  }
  expect(await answer).toMatchObject({ status: 503, code: "contended" });
  expect(gateway.fake.jobs.records.get(id)?.state).toBe("RUNNING");
});
