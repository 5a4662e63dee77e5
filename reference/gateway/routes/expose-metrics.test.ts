import { expect, test } from "vitest";

import { gatewayOnTrial } from "../gateway-on-trial.test-support.ts";

test("metrics need no key, and come as Prometheus reads them", async () => {
  await using gateway = await gatewayOnTrial();
  const { status, headers, text } = await gateway.send("GET", "/metrics", { withoutKey: true });
  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(text).toBe("cordum_fake 1\n");
});
