import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { OutcomeUnknown } from "../../ports/mod.ts";
import { gatewayOnTrial, type GatewayOnTrial } from "../gateway-on-trial.test-support.ts";
import { orderDocument } from "./workflow-on-trial.test-support.ts";

let gateway: GatewayOnTrial;
beforeAll(async () => {
  gateway = await gatewayOnTrial();
});
afterAll(() => gateway.stop());

const worker = { type: "worker", topic: "job.echo" };
const other = { headers: { "x-api-key": "key-b" } };

test.each([
  ["PUT", "/api/v1/workflows/order-1", {}],
  ["PUT", "/api/v1/workflows", { id: "order-2" }],
  ["POST", "/api/v1/workflows", { id: "order-3" }],
])("%s %s registers a workflow, which can be read and registered again as it was read", async (method, path, id) => {
  const { status, body } = await gateway.send(method, path, { body: { ...id, ...orderDocument } });
  expect({ status, steps: body["steps"] }).toEqual({ status: 200, steps: 4 });
  const place = `/api/v1/workflows/${String(body["workflow_id"])}`;
  const read = await gateway.send("GET", place);
  expect(read.body).toMatchObject({ name: "Order", steps: { cool: { delay_sec: 1.5, depends_on: ["agree"] } } });
  expect(await gateway.send("PUT", place, { body: read.body })).toMatchObject({ status: 200 });
  expect((await gateway.send("GET", place)).body).toEqual(read.body);
});

test("a workflow takes the place of the one with its id", async () => {
  await gateway.send("PUT", "/api/v1/workflows/changing", { body: { steps: { a: worker } } });
  await gateway.send("PUT", "/api/v1/workflows/changing", { body: { steps: { b: worker, c: worker } } });
  const { body } = await gateway.send("GET", "/api/v1/workflows/changing");
  expect(Object.keys(body["steps"] as object)).toEqual(["b", "c"]);
});

test("a workflow can be deleted, once", async () => {
  await gateway.send("PUT", "/api/v1/workflows/gone", { body: { steps: { a: worker } } });
  expect(await gateway.send("DELETE", "/api/v1/workflows/gone", other)).toMatchObject({ status: 404 });
  expect(await gateway.send("DELETE", "/api/v1/workflows/gone")).toMatchObject({ status: 204, text: "" });
  expect(await gateway.send("DELETE", "/api/v1/workflows/gone")).toMatchObject({
    status: 404,
    code: "unknown_workflow",
  });
  expect(await gateway.send("GET", "/api/v1/workflows/gone")).toMatchObject({ status: 404, code: "unknown_workflow" });
});

test("a delete without an answer of the store may have happened, and is called so", async () => {
  gateway.fake.faults.loseReply("workflows.remove", new OutcomeUnknown("Redis"));
  expect(await gateway.send("DELETE", "/api/v1/workflows/some")).toMatchObject({
    status: 503,
    code: "outcome_unknown",
  });
});

test("workflows are listed in order of their ids, page by page, and only to their tenant", async () => {
  await using listing = await gatewayOnTrial();
  for (const id of ["c", "a", "b"])
    await listing.send("PUT", `/api/v1/workflows/${id}`, { body: { steps: { a: worker } } });
  const first = await listing.send("GET", "/api/v1/workflows?limit=2");
  expect(first.body["items"]).toEqual(["a", "b"].map((id) => ({ workflow_id: id, name: id, steps: 1 })));
  const second = await listing.send("GET", `/api/v1/workflows?limit=2&cursor=${String(first.body["next_cursor"])}`);
  expect(second.body).toEqual({ items: [{ workflow_id: "c", name: "c", steps: 1 }], next_cursor: null });
  expect((await listing.send("GET", "/api/v1/workflows", other)).body["items"]).toEqual([]);
});

describe("a document with mistakes is refused", () => {
  const cases: [what: string, body: unknown, code: string, says: string[]][] = [
    [
      "a cycle",
      { steps: { a: { ...worker, depends_on: ["b"] }, b: { ...worker, depends_on: ["a"] } } },
      "invalid_workflow",
      ["a", "b"],
    ],
    [
      "an unknown step",
      { steps: { a: { ...worker, depends_on: ["missing"] } } },
      "invalid_workflow",
      ["steps.a", "missing"],
    ],
    [
      "several mistakes",
      { timeout_sec: -1, steps: { a: { type: "delay" }, b: { type: "wroker" } } },
      "invalid_workflow",
      ["timeout_sec", "steps.a", "steps.b.type"],
    ],
    ["no steps", { steps: {} }, "invalid_workflow", ["steps"]],
    ["a list", [], "invalid_workflow", ["the document"]],
    ["nothing", undefined, "invalid_workflow", []],
    ["another id than the path's", { id: "other", steps: { a: worker } }, "invalid_workflow", ["other", "bad"]],
    [
      "an unknown topic",
      { steps: { a: { ...worker, topic: "job.ecko" } } },
      "unknown_topic",
      ["steps.a", "did you mean job.echo"],
    ],
    [
      "an unknown topic of a child",
      { steps: { a: { type: "parallel", children: [{ topic: "job.x" }] } } },
      "unknown_topic",
      ["steps.a"],
    ],
  ];
  test.each(cases)("%s", async (_what, body, code, says) => {
    const answer = await gateway.send("PUT", "/api/v1/workflows/bad", body === undefined ? {} : { body });
    expect(answer).toMatchObject({ status: 400, code });
    for (const words of says) expect(answer.text).toContain(words);
    expect((await gateway.send("GET", "/api/v1/workflows/bad")).status).toBe(404);
  });
});

test.each(["/api/v1/workflows", "/api/v1/workflow-runs", "/api/v1/approvals"])("%s needs an API key", async (path) => {
  expect(await gateway.send("GET", path, { withoutKey: true })).toMatchObject({ status: 401 });
});

test.each(["limit=0", "limit=201", "cursor=mine", "cursor=ZnJvbTotMQ"])("?%s is refused", async (query) => {
  expect(await gateway.send("GET", `/api/v1/workflows?${query}`)).toMatchObject({
    status: 400,
    code: "invalid_request",
  });
});
