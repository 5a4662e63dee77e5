import { expect, test } from "vitest";

import { gatewayOnTrial } from "./gateway-on-trial.test-support.ts";

test("every limited answer says how much is left", async () => {
  await using gateway = await gatewayOnTrial();
  for (const path of ["/api/v1/status", "/api/v1/jobs/no-such-job"]) {
    const { headers } = await gateway.send("GET", path);
    expect(headers.get("ratelimit-limit")).toBe("100");
    expect(headers.get("ratelimit-remaining")).toBe("99");
    expect(headers.get("ratelimit-reset")).toBe("1");
  }
});

test("a request over the limit is refused with the time to wait, in whole seconds, and counted", async () => {
  await using gateway = await gatewayOnTrial();
  gateway.fake.admission = {
    ...{ allowed: false, limit: 100, remaining: 0, retryAfterMs: 40, resetAfterMs: 1_040, mode: "local" },
  };
  const answer = await gateway.send("POST", "/api/v1/jobs", { body: {} });
  expect(answer).toMatchObject({ status: 429, code: "rate_limited" });
  expect(answer.headers.get("retry-after")).toBe("1");
  expect(answer.headers.get("ratelimit-remaining")).toBe("0");
  expect(answer.headers.get("ratelimit-reset")).toBe("2");
  expect(gateway.fake.counts.get("rateLimitHits local")).toBe(1);
  expect(gateway.fake.jobs.records.size).toBe(0);
});

test("a tenant is limited as its key says, or as all are", async () => {
  await using gateway = await gatewayOnTrial({ API_RATE_LIMIT_RPS: "50" });
  await gateway.send("GET", "/api/v1/status");
  await gateway.send("GET", "/api/v1/status", { headers: { "x-api-key": "key-b" } });
  expect(gateway.fake.admitted).toEqual([
    { key: "acme", limit: 50 },
    { key: "beta", limit: 7 },
  ]);
});

test("strangers share a limit of their own; probes and scrapes are not counted at all", async () => {
  await using gateway = await gatewayOnTrial();
  await gateway.send("GET", "/api/v1/status", { withoutKey: true });
  await gateway.send("GET", "/health");
  await gateway.send("GET", "/metrics");
  await gateway.send("GET", "/api/v1/jobs", { withoutKey: true });
  expect(gateway.fake.admitted).toEqual([{ key: "~keyless", limit: 2_000 }]);
});
