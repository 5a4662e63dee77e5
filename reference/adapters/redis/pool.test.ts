import { expect, test, vi } from "vitest";

import { useRedis } from "../../../test/servers.ts";
import { manualClock } from "./manual-clock.test-support.ts";
import { testParts } from "./parts.test-support.ts";
import { Pool } from "./pool.ts";

const redis = useRedis();

test("a pool opens more connections for a crowd, and closes them when they have been idle for long", async () => {
  const [clock, parts] = [manualClock(), testParts()];
  const pool = new Pool({
    ...{ ...parts, clock, url: redis.server.url, name: "test", commandTimeoutMs: 5_000 },
    ...{ size: 4, minIdle: 2, idleAfterMs: 10_000 },
  });
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
