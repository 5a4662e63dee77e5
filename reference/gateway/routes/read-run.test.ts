import { expect, test } from "vitest";

import { gatewayWithOrder } from "./workflow-on-trial.test-support.ts";

const other = { headers: { "x-api-key": "key-b" } };

test("a run is told with its steps, their attempts and their jobs", async () => {
  await using gateway = await gatewayWithOrder();
  const id = await gateway.start({ input: { customer: 7 } });
  gateway.fake.workflows.move(
    id,
    { state: "running" },
    {
      charge: {
        ...{ state: "running", startedUnixMs: Date.UTC(2026, 0, 1) },
        jobs: [{ state: "running", attempt: 2, job: `${id}:charge@2` }],
      },
    },
  );
  const { status, body } = await gateway.send("GET", `/api/v1/workflow-runs/${id}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    ...{ run_id: id, workflow_id: "order", state: "running", input: { customer: 7 }, ended_at: null },
    steps: {
      charge: {
        ...{ type: "worker", state: "running", attempt: 2, started_at: "2026-01-01T00:00:00.000Z" },
        jobs: [{ job_id: `${id}:charge@2`, state: "running", attempt: 2, cause: null }],
      },
      cool: { type: "delay", state: "pending", attempt: 0, jobs: [] },
    },
  });
});

test("a timeline is told oldest first", async () => {
  await using gateway = await gatewayWithOrder();
  const id = await gateway.start();
  const unixMs = Date.UTC(2026, 0, 1);
  gateway.fake.workflows.timelines.set(id, [{ unixMs, event: "step_started", step: "charge" }]);
  const { body } = await gateway.send("GET", `/api/v1/workflow-runs/${id}/timeline`);
  const item = { at: "2026-01-01T00:00:00.000Z", event: "step_started", step: "charge", detail: null };
  expect(body).toEqual({ run_id: id, items: [item] });
});

test.each(["", "/timeline"])("a run%s is shown to its tenant only", async (part) => {
  await using gateway = await gatewayWithOrder();
  const id = await gateway.start();
  for (const [run, who] of [
    [id, other],
    ["no-such-run", {}],
  ] as const) {
    const answer = await gateway.send("GET", `/api/v1/workflow-runs/${run}${part}`, who);
    expect(answer).toMatchObject({ status: 404, code: "unknown_run" });
  }
});

test("runs are listed newest first, page by page, by workflow and by state, and only to their tenant", async () => {
  await using gateway = await gatewayWithOrder();
  const ids = [await gateway.start(), await gateway.start(), await gateway.start()];
  gateway.fake.workflows.move(ids[0] ?? "", { state: "succeeded" });
  const list = async (path: string, who = {}): Promise<unknown[]> => {
    const { body } = await gateway.send("GET", `/api/v1/${path}`, who);
    return (body["items"] as { run_id: string }[]).map(({ run_id: id }) => ids.indexOf(id));
  };
  expect(await list("workflow-runs")).toEqual([2, 1, 0]);
  expect(await list("workflow-runs?state=succeeded")).toEqual([0]);
  expect(await list("workflows/order/runs?state=pending")).toEqual([2, 1]);
  const { body } = await gateway.send("GET", "/api/v1/workflow-runs?limit=2");
  expect(await list(`workflow-runs?limit=2&cursor=${String(body["next_cursor"])}`)).toEqual([0]);
  expect(await list("workflow-runs", other)).toEqual([]);
});

test("runs of a workflow without any are an empty list, and of an unknown one an error", async () => {
  await using gateway = await gatewayWithOrder();
  expect((await gateway.send("GET", "/api/v1/workflows/order/runs")).body).toEqual({ items: [], next_cursor: null });
  expect(await gateway.send("GET", "/api/v1/workflows/ordr/runs")).toMatchObject({
    status: 404,
    code: "unknown_workflow",
  });
  const answer = await gateway.send("GET", "/api/v1/workflow-runs?state=runing");
  expect(answer).toMatchObject({ status: 400, code: "invalid_request" });
  expect(answer.text).toContain("did you mean running");
});
