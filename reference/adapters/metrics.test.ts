import { expect, test } from "vitest";

import { metricTable } from "../ports/mod.ts";
import { promMetrics } from "./metrics.ts";

test("every metric of the table is exposed under its name and type", async () => {
  const text = await promMetrics("gateway-1").expose();
  for (const { name, type } of Object.values(metricTable)) expect(text).toContain(`# TYPE ${name} ${type}\n`);
});

test("counts, values and observations carry their own labels and the pod", async () => {
  const metrics = promMetrics("gateway-1");
  metrics.count("httpRequests", { method: "GET", route: "/health", status: "200" });
  metrics.count("httpRequests", { method: "GET", route: "/health", status: "200" }, 2);
  metrics.set("poolConnections", 5, { state: "idle" });
  metrics.observe("httpSeconds", 0.003, { method: "GET", route: "/health" });
  const lines = (await metrics.expose()).split("\n");
  const value = (start: string, ...labels: string[]): string | undefined =>
    lines
      .find((line) => line.startsWith(start) && labels.every((label) => line.includes(label)))
      ?.split(" ")
      .at(-1);
  expect(value("cordum_api_gateway_http_requests_total{", 'status="200"', 'pod="gateway-1"')).toBe("3");
  expect(value("cordum_redis_pool_connections{", 'state="idle"', 'pod="gateway-1"')).toBe("5");
  expect(value("cordum_api_gateway_http_request_duration_seconds_bucket{", 'le="0.0025"')).toBe("0");
  expect(value("cordum_api_gateway_http_request_duration_seconds_bucket{", 'le="0.005"', "pod=")).toBe("1");
});

test("two replicas in one process keep their numbers apart", async () => {
  const [one, two] = [promMetrics("one"), promMetrics("two")];
  one.count("staleResults");
  expect(await one.expose()).toContain('cordum_scheduler_stale_results_total{pod="one"} 1');
  expect(await two.expose()).toContain('cordum_scheduler_stale_results_total{pod="two"} 0');
});

test("a metric cannot be used as what it is not", () => {
  expect(() => promMetrics("one").count("leaseHeld", { lease: "a" })).toThrow("leaseHeld is a gauge");
});
