import { expect, test } from "vitest";

import { gatewayOnTrial } from "./gateway-on-trial.test-support.ts";

test("requests are counted by the route's template, whatever the id", async () => {
  await using gateway = await gatewayOnTrial();
  await gateway.send("GET", "/api/v1/jobs/one");
  await gateway.send("GET", "/api/v1/jobs/two");
  await gateway.send("GET", "/nowhere/at/all");
  await expect.poll(() => gateway.fake.counts.get("httpRequests GET none 404")).toBe(1);
  expect(gateway.fake.counts.get("httpRequests GET /api/v1/jobs/:id 404")).toBe(2);
  expect(gateway.fake.counts.get("httpSeconds GET /api/v1/jobs/:id")).toBe(2);
});
