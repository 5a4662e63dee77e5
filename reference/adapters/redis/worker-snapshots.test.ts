import { describe, expect, test } from "vitest";

import type { WorkerSnapshot } from "../../ports/mod.ts";
import { useRedisClient } from "./redis.test-support.ts";
import { redisWorkerSnapshots } from "./worker-snapshots.ts";

const redis = useRedisClient();

describe("the worker snapshot", () => {
  const snapshot = (epoch: number, writer = "scheduler-1"): WorkerSnapshot => ({
    ...{ capturedUnixMs: 1_700_000_000_123, writer, epoch },
    workers: [
      {
        ...{ id: "worker-1", session: "s", topics: ["job.echo"], activeJobs: 1, maxParallelJobs: 16 },
        lastSeenUnixMs: 1_700_000_000_001,
      },
    ],
  });

  test("reads as it was written, and is plain JSON for the runbook", async () => {
    const snapshots = redisWorkerSnapshots({ redis });
    expect(await snapshots.read()).toBeUndefined();
    expect(await snapshots.write(snapshot(1))).toBe(true);
    expect(await snapshots.read()).toEqual(snapshot(1));
    const shown: unknown = JSON.parse(String(await redis.command("GET", "sys:workers:snapshot")));
    expect(shown).toMatchObject({ writer_id: "scheduler-1", epoch: 1, workers: [{ worker_id: "worker-1" }] });
  });

  test("is not overwritten by a leader of an earlier term, and is by the same or a later one", async () => {
    const snapshots = redisWorkerSnapshots({ redis });
    expect(await snapshots.write(snapshot(10, "new"))).toBe(true);
    expect(await snapshots.write(snapshot(9, "old"))).toBe(false);
    expect((await snapshots.read())?.writer).toBe("new");
    expect(await snapshots.write(snapshot(10, "again"))).toBe(true);
    expect(await snapshots.write(snapshot(11, "next"))).toBe(true);
    expect((await snapshots.read())?.writer).toBe("next");
  });
});
