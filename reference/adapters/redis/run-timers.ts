import type { Redis, RunTimers } from "../../ports/mod.ts";
import { loadScript } from "./scripts.ts";

/** What the timers are made of. */
export interface RunTimersParts {
  readonly redis: Redis;
}

/** Runs by the moment at which they want to be woken, in ms since the Unix epoch. */
const timersKey = "cordum:wf:delay:timers";

/** The runs' moments in Redis: one sorted set, in which a moment stays until it is cleared. */
export function redisRunTimers({ redis }: RunTimersParts): RunTimers {
  return {
    async set(run, unixMs) {
      await redis.command("ZADD", timersKey, "LT", Math.ceil(unixMs), run);
    },
    async due(limit) {
      const reply = (await redis.script(dueScript, [timersKey], [limit])) as string[];
      return momentsOf(reply);
    },
    async clear(run, unixMs) {
      await redis.script(clearScript, [timersKey], [run, Math.ceil(unixMs)]);
    },
  };
}

const dueScript = loadScript("run-timers-due");
const clearScript = loadScript("run-timers-clear");

function momentsOf(pairs: readonly string[]): { run: string; unixMs: number }[] {
  const moments: { run: string; unixMs: number }[] = [];
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    moments.push({ run: pairs[index] ?? "", unixMs: Number(pairs[index + 1]) });
  }
  return moments;
}
