import { expect, test } from "vitest";

import { gatewayOnTrial, type GatewayOnTrial } from "../gateway-on-trial.test-support.ts";

async function submitMany(gateway: GatewayOnTrial, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    const { body } = await gateway.send("POST", "/api/v1/jobs", { body: {} });
    ids.push(String(body["job_id"]));
  }
  return ids;
}

async function page(gateway: GatewayOnTrial, query: string): Promise<{ ids: string[]; next: string | null }> {
  const { body } = await gateway.send("GET", `/api/v1/jobs?${query}`);
  const items = body["items"] as { job_id: string }[];
  return { ids: items.map((item) => item.job_id), next: body["next_cursor"] as string | null };
}

test("jobs are listed newest first, and the pages hold each of them once", async () => {
  await using gateway = await gatewayOnTrial();
  const ids = await submitMany(gateway, 5);
  const first = await page(gateway, "limit=2");
  const second = await page(gateway, `limit=2&cursor=${first.next}`);
  const third = await page(gateway, `limit=2&cursor=${second.next}`);
  expect([...first.ids, ...second.ids, ...third.ids]).toEqual(ids.toReversed());
  expect(third.next).toBeNull();
});

test("jobs that arrive between two pages neither hide one nor show one twice", async () => {
  await using gateway = await gatewayOnTrial();
  const ids = await submitMany(gateway, 4);
  const first = await page(gateway, "limit=2");
  await submitMany(gateway, 3);
  const second = await page(gateway, `limit=2&cursor=${first.next}`);
  expect([...first.ids, ...second.ids]).toEqual(ids.toReversed());
});

test("a page that is exactly full at the end has no next one", async () => {
  await using gateway = await gatewayOnTrial();
  await submitMany(gateway, 2);
  expect((await page(gateway, "limit=2")).next).toBeNull();
});

test("a job that has been forgotten is left out, and ends no page early", async () => {
  await using gateway = await gatewayOnTrial();
  const ids = await submitMany(gateway, 4);
  const { next } = await page(gateway, "limit=2");
  gateway.fake.jobs.records.delete(ids[1] ?? "");
  expect((await page(gateway, `limit=2&cursor=${next}`)).ids).toEqual([ids[0]]);
});

test("a cursor whose job has left the list is at its end", async () => {
  await using gateway = await gatewayOnTrial();
  await submitMany(gateway, 3);
  const { ids, next } = await page(gateway, "limit=1");
  gateway.fake.jobs.records.delete(ids[0] ?? "");
  expect(await page(gateway, `cursor=${next}`)).toEqual({ ids: [], next: null });
});
