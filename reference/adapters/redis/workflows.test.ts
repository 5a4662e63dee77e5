import { expect, test } from "vitest";

import { useRedisClient } from "./redis.test-support.ts";
import { newRun } from "./run.test-support.ts";
import { redisWorkflows } from "./workflows.ts";

const redis = useRedisClient();
const workflows = redisWorkflows({ redis });
const { definition } = newRun();
const all = { offset: 0, limit: 10 };

test("a workflow reads as it was put, in its tenant alone, and the last one put counts", async () => {
  await workflows.put("acme", definition);
  await workflows.put("acme", { ...definition, name: "Second" });
  expect(await workflows.read("acme", definition.id)).toEqual({ ...definition, name: "Second" });
  expect(await workflows.read("other", definition.id)).toBeUndefined();
  expect(await workflows.list("acme", all)).toHaveLength(1);
});

test("workflows are listed in order of their ids, a page at a time", async () => {
  for (const id of ["c", "a", "b"]) await workflows.put("lister", { ...definition, id });
  expect((await workflows.list("lister", all)).map(({ id }) => id)).toEqual(["a", "b", "c"]);
  expect((await workflows.list("lister", { offset: 1, limit: 1 })).map(({ id }) => id)).toEqual(["b"]);
  expect(await workflows.list("nobody", all)).toEqual([]);
});

test("a workflow that was removed is gone, and removing it again says so", async () => {
  await workflows.put("remover", definition);
  expect(await workflows.remove("remover", definition.id)).toBe(true);
  expect(await workflows.remove("remover", definition.id)).toBe(false);
  expect(await workflows.read("remover", definition.id)).toBeUndefined();
  expect(await workflows.list("remover", all)).toEqual([]);
});

test("a workflow that is listed and not there is passed over", async () => {
  await workflows.put("torn", definition);
  await redis.command("DEL", `wf:def:torn:${definition.id}`);
  expect(await workflows.list("torn", all)).toEqual([]);
});
