import { expect, test } from "vitest";

import { statusPages, type Health } from "./status-pages.ts";

function pages(health: () => Promise<Health>): ReturnType<typeof statusPages> {
  return statusPages({ health, metrics: { expose: () => Promise.resolve("cordum_fake 1\n") } });
}

test.each([
  [true, 200],
  [false, 503],
])("a replica whose health is %s answers %i, with the facts", async (healthy, status) => {
  const page = await pages(() => Promise.resolve({ healthy, detail: { redis: { ok: healthy } } }))("/health");
  expect(page).toMatchObject({ status, contentType: "application/json; charset=utf-8" });
  expect(JSON.parse(page.body)).toEqual({ healthy, redis: { ok: healthy } });
});

test("a health that cannot be told is not healthy", async () => {
  const page = await pages(() => Promise.reject(new Error("no answer")))("/health");
  expect(page.status).toBe(503);
  expect(JSON.parse(page.body)).toEqual({ healthy: false, because: "no answer" });
});

test("metrics come as Prometheus reads them, and there is nothing else", async () => {
  const at = pages(() => Promise.resolve({ healthy: true, detail: {} }));
  const contentType = "text/plain; version=0.0.4; charset=utf-8";
  expect(await at("/metrics")).toEqual({ status: 200, contentType, body: "cordum_fake 1\n" });
  expect((await at("/jobs")).status).toBe(404);
});
