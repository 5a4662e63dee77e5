import { decideInWindow } from "../../domain/rate-window.ts";
import type { Limiter, Redis } from "../../ports/mod.ts";
import { loadScript } from "./scripts.ts";

/**
 * One limit for a key over all replicas, counted in Redis by Redis's own clock: `cordum:rl:{<key>}:<unix second>`.
 * Only admitted requests count. Rejects as the Redis port does.
 */
export function sharedLimiter({ redis }: { readonly redis: Redis }): Limiter {
  return {
    async admit(key, limitPerSecond) {
      const reply = await redis.script(limitScript, [`cordum:rl:{${key}}`], [limitPerSecond]);
      const [previous, current, elapsedUs] = reply as [number, number, number];
      const decision = decideInWindow(limitPerSecond, { previous, current, elapsedUs });
      return { ...decision, limit: limitPerSecond, mode: "shared" };
    },
  };
}

/** It counts the request if, by the same rule as {@link decideInWindow}, it is to be admitted. */
const limitScript = loadScript("rate-limit");
