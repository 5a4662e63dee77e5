import { expect, test } from "vitest";

import { systemClock, type Clock } from "../core/mod.ts";
import { readConfig } from "./config/config.ts";
import { startReplica } from "./plane.ts";

/** Nobody listens at port 1. Its patience is ten seconds of a clock that runs fifty times as fast. */
const nowhere = { REDIS_URL: "redis://user:secret@127.0.0.1:1", REDIS_COMMAND_TIMEOUT: "200ms", LOG_LEVEL: "silent" };

test.each(["gateway", "scheduler", "workflow", "worker"] as const)(
  "a %s without Redis says so, and does not start",
  async (role) => {
    const starting = startReplica({ role, config: readConfig(nowhere), clock: hurried(systemClock()) });
    const failure = await starting.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(failure).toMatchObject({ code: "redis_away", exitCode: 3, hint: "check REDIS_URL" });
    expect(String(failure)).toContain("127.0.0.1:1");
    expect(String(failure)).not.toContain("secret");
  },
);

function hurried(clock: Clock): Clock {
  return { ...clock, now: () => clock.now() * 50 };
}
