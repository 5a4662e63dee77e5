import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { decideInWindow } from "../../domain/rate-window.ts";
import { sharedLimiter } from "./limiter.ts";
import { useRedisClient } from "./redis.test-support.ts";
import { loadScript } from "./scripts.ts";

const redis = useRedisClient();

/** The limiter's script at a moment of the test's choice instead of the store's. */
const script = loadScript("rate-limit");
const scriptAt = { ...script, text: script.text.replace("redis.call('TIME')", "{ARGV[2], ARGV[3]}") };

/** How many admissions the store has counted for a key. */
async function counted(key: string): Promise<number> {
  const keys = (await redis.command("KEYS", `cordum:rl:{${key}}:*`)) as string[];
  const values = keys.length === 0 ? [] : ((await redis.command("MGET", ...keys)) as string[]);
  return values.reduce((sum, value) => sum + Number(value), 0);
}

describe("the shared limiter", () => {
  test("counts a request in the store exactly when the domain's arithmetic admits it, at any moment", async () => {
    const count = fc.integer({ min: 0, max: 20 });
    const moment = fc.oneof(fc.integer({ min: 0, max: 999_999 }), fc.constantFrom(0, 250_000, 500_000, 800_000));
    let run = 0;
    const margins = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(count, count, count, moment, async (previous, current, limit, elapsedUs) => {
        const key = `cordum:rl:{differential-${run++}}`;
        await redis.command("MSET", `${key}:41`, previous, `${key}:42`, current);
        const seen = await redis.script(scriptAt, [key], [limit, 42, elapsedUs]);
        expect(seen).toEqual([previous, current, elapsedUs]);
        const { allowed } = decideInWindow(limit, { previous, current, elapsedUs });
        expect(await redis.command("GET", `${key}:42`)).toBe(`${current + (allowed ? 1 : 0)}`);
        margins.add(allowed);
      }),
      { numRuns: 1_000 },
    );
    expect(margins).toEqual(new Set([true, false]));
    expect(scriptAt.text).not.toBe(script.text);
  });

  test("says what the store has decided", async () => {
    const limiter = sharedLimiter({ redis });
    const [admitted, refused] = await Promise.all([limiter.admit("said", 1), limiter.admit("said", 1)]);
    expect(admitted).toMatchObject({ allowed: true, limit: 1, remaining: 0, retryAfterMs: 0, mode: "shared" });
    expect(refused).toMatchObject({ allowed: false, limit: 1, remaining: 0, mode: "shared" });
    expect(refused.retryAfterMs).toBeGreaterThan(0);
    expect(await counted("said")).toBe(1);
  });

  test("keeps one limit over several replicas that ask at once", async () => {
    const replicas = Array.from({ length: 4 }, () => sharedLimiter({ redis }));
    const admissions = await Promise.all(
      Array.from({ length: 200 }, (_, index) => replicas[index % 4]?.admit("many", 50)),
    );
    // The 200 may fall into two seconds, the second of which has a little room again.
    const allowed = admissions.filter((admission) => admission?.allowed).length;
    expect(allowed).toBeGreaterThanOrEqual(50);
    expect(allowed).toBeLessThanOrEqual(100);
    expect(await counted("many")).toBe(allowed);
  });

  test("lets a second's counter live for its own second and the next", async () => {
    await sharedLimiter({ redis }).admit("short", 5);
    const [key = ""] = (await redis.command("KEYS", "cordum:rl:{short}:*")) as string[];
    const leftMs = Number(await redis.command("PTTL", key));
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(2_000);
  });
});
