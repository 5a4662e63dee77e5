import { describe, expect, test } from "vitest";

import { memoryMetrics } from "./memory-metrics.ts";

describe("the metrics of a simulated replica", () => {
  test("count, set and measure by label, and can be read as Prometheus reads them", async () => {
    const metrics = memoryMetrics("gateway-1");
    metrics.count("jobsTotal", { topic: "job.default", state: "PENDING" });
    metrics.count("jobsTotal", { topic: "job.default", state: "PENDING" }, 2);
    metrics.set("leaseHeld", 1, { lease: "reconciler" });
    metrics.observe("httpSeconds", 0.004, { method: "GET", route: "/health" });
    metrics.observe("httpSeconds", 20, { method: "GET", route: "/health" });
    const lines = (await metrics.expose()).split("\n");
    expect(lines).toContain('cordum_jobs_total{topic="job.default",state="PENDING",pod="gateway-1"} 3');
    expect(lines).toContain('cordum_lease_held{lease="reconciler",pod="gateway-1"} 1');
    const name = "cordum_api_gateway_http_request_duration_seconds";
    const labels = 'method="GET",route="/health",pod="gateway-1"';
    expect(lines).toContain(`${name}_bucket{${labels},le="0.0025"} 0`);
    expect(lines).toContain(`${name}_bucket{${labels},le="0.005"} 1`);
    expect(lines).toContain(`${name}_bucket{${labels},le="+Inf"} 2`);
    expect(lines).toContain(`${name}_sum{${labels}} 20.004`);
    expect(lines).toContain(`${name}_count{${labels}} 2`);
  });
});
