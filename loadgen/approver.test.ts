import { expect, test } from "vitest";

import { systemClock } from "../core/mod.ts";
import { startApprover, type ApproverOptions } from "./approver.ts";
import { fakeGateway, memoryWitness, type FakeAnswer, type SeenRequest } from "./fake-gateway.test-support.ts";
import { operationNumbers } from "./run-loads.ts";

const list = (...runs: readonly string[]): FakeAnswer => ({
  status: 200,
  body: { items: runs.map((run_id) => ({ run_id, step: "agree" })) },
});
const patient = { timeout: 10_000 };
const isDecision = ({ method }: SeenRequest): boolean => method === "POST";

function approve(options: Pick<ApproverOptions, "gateways"> & Partial<ApproverOptions>) {
  const witness = memoryWitness();
  const approver = startApprover({
    ...{ clients: ["shop"], apiKey: (client) => `key of ${client}`, clock: systemClock(), witness },
    ...{ signal: new AbortController().signal, nextId: operationNumbers(), everyMs: 5, againAfterMs: 3_600_000 },
    ...options,
  });
  return { witness, approver };
}

test("whatever waits is approved once, with the key of its client, and written down", async () => {
  await using gateway = await fakeGateway("gateway-1", (request) =>
    isDecision(request) ? { status: 202 } : list("a", "b"),
  );
  const { witness, approver } = approve({ gateways: [gateway] });
  await expect.poll(() => gateway.seen.length, patient).toBeGreaterThan(6);
  await approver.stop();
  const decisions = gateway.seen.filter(isDecision);
  expect(decisions.map(({ path }) => path)).toEqual(
    ["a", "b"].map((run) => `/api/v1/workflow-runs/${run}/steps/agree/approve`),
  );
  expect(decisions[0]?.headers["x-api-key"]).toBe("key of shop");
  expect(witness.seen).toMatchObject([
    { kind: "op", op: "decide", id: 1, run: "a", step: "agree", outcome: "ok", via: "gateway-1", client: "shop" },
    { kind: "op", op: "decide", id: 2, run: "b" },
  ]);
});

test("what still waits later is approved again", async () => {
  await using gateway = await fakeGateway("gateway-1", (request) =>
    isDecision(request) ? { status: 202 } : list("a"),
  );
  const { witness, approver } = approve({ gateways: [gateway], againAfterMs: 10 });
  await expect.poll(() => witness.seen.length, patient).toBeGreaterThan(2);
  await approver.stop();
  expect(witness.seen.slice(0, 3)).toMatchObject([{ run: "a" }, { run: "a" }, { run: "a" }]);
});

test("a gateway that cannot list leaves it to the next, and a decision without an answer is unknown", async () => {
  await using one = await fakeGateway("gateway-1", () => ({ status: 503 }));
  await using two = await fakeGateway("gateway-2", (request) => (isDecision(request) ? "reset" : list("a")));
  const { witness, approver } = approve({ gateways: [one, two] });
  await expect.poll(() => witness.seen, patient).toHaveLength(1);
  await approver.stop();
  expect(witness.seen).toMatchObject([{ via: "gateway-2", outcome: "unknown" }]);
});

test("it ends with the trial, in mid-request as well", async () => {
  await using gateway = await fakeGateway("gateway-1", () => "hang");
  const { witness, approver } = approve({ gateways: [gateway] });
  await expect.poll(() => gateway.seen, patient).toHaveLength(1);
  await approver.stop();
  expect(witness.seen).toEqual([]);
});

test("without workflows nobody is asked", async () => {
  await using gateway = await fakeGateway("gateway-1", () => list());
  const { approver } = approve({ gateways: [gateway], clients: [] });
  await approver.stop();
  expect(gateway.seen).toEqual([]);
});
