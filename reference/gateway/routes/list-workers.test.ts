import { expect, test } from "vitest";

import { gatewayOnTrial } from "../gateway-on-trial.test-support.ts";

const snapshot = {
  ...{ capturedUnixMs: Date.UTC(2026, 0, 1), writer: "scheduler-2", epoch: 4 },
  workers: [
    {
      ...{ id: "worker-1", session: "s-1", topics: ["job.default"], activeJobs: 3, maxParallelJobs: 16 },
      lastSeenUnixMs: Date.UTC(2026, 0, 1),
    },
  ],
};

test("the workers are those of the snapshot", async () => {
  await using gateway = await gatewayOnTrial();
  gateway.fake.snapshot = snapshot;
  const { body } = await gateway.send("GET", "/api/v1/workers");
  expect(body).toEqual({
    ...{ captured_at: "2026-01-01T00:00:00.000Z", writer: "scheduler-2" },
    items: [
      {
        ...{ worker_id: "worker-1", session: "s-1", topics: ["job.default"], active_jobs: 3, max_parallel_jobs: 16 },
        last_seen: "2026-01-01T00:00:00.000Z",
      },
    ],
  });
});

test("before the first snapshot there are none", async () => {
  await using gateway = await gatewayOnTrial();
  const { status, body } = await gateway.send("GET", "/api/v1/workers");
  expect({ status, body }).toEqual({ status: 200, body: { captured_at: null, writer: null, items: [] } });
});
