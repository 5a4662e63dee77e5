import { expect, test, vi } from "vitest";

import type { Clock } from "../../../core/mod.ts";
import { useRedis } from "../../../test/servers.ts";
import { OutcomeUnknown } from "../../ports/mod.ts";
import { manualClock } from "./manual-clock.test-support.ts";
import { testParts } from "./parts.test-support.ts";
import { Pool } from "./pool.ts";
import { startTestProxy } from "./tcp-proxy.test-support.ts";

const redis = useRedis();

function poolTo(url: string, options: { clock?: Clock; size: number; minIdle: number; idleAfterMs?: number }) {
  const parts = testParts();
  const pool = new Pool({ ...parts, url, name: "test", commandTimeoutMs: 5_000, ...options });
  return { pool, parts };
}

test("a pool opens more connections for a crowd, and closes them when they have been idle for long", async () => {
  const clock = manualClock();
  const { pool, parts } = poolTo(redis.server.url, { clock, size: 4, minIdle: 2, idleAfterMs: 10_000 });
  const crowd = (): Promise<unknown> => Promise.all(Array.from({ length: 100 }, () => pool.send(["PING"])));
  await vi.waitFor(() => expect(pool.count().connections).toBe(2));
  await crowd();
  await vi.waitFor(() => expect(pool.count().connections).toBe(3));
  await crowd();
  await clock.pass(9_000);
  await vi.waitFor(() => expect(pool.count().connections).toBe(4));
  await crowd();
  await clock.pass(9_000);
  expect(pool.count().connections).toBe(4);
  await clock.pass(3_000);
  expect(pool.count()).toEqual({ connections: 2, idle: 2, limit: 4 });
  expect(parts.metric("poolConnections", { state: "open" })).toBe(2);
  await pool.close();
});

test("a command with little time left gives up by itself, and does not break the connection that others use", async () => {
  await using between = await startTestProxy(redis.server.port);
  const { pool } = poolTo(between.url, { size: 1, minIdle: 1 });
  await pool.send(["PING"]);
  between.muted = true;
  const patient = pool.send(["ECHO", "patient"]);
  await expect(pool.send(["ECHO", "hurried"], 20)).rejects.toBeInstanceOf(OutcomeUnknown);
  between.muted = false;
  expect(await patient).toBe("patient");
  expect(between.accepted).toBe(1);
  await pool.close();
});
