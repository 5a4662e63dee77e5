import { expect, test } from "vitest";

import { systemClock, type Clock } from "../core/mod.ts";
import { readConfig } from "./config/config.ts";
import type { Drivers } from "./drivers.ts";
import { startReplica } from "./plane.ts";
import { Unavailable } from "./ports/mod.ts";
import { systemDrivers } from "./system-drivers.ts";

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

test("a replica reaches the outside with the drivers that it is given", async () => {
  const used: string[] = [];
  const drivers: Drivers = {
    ...systemDrivers(),
    log: (instance, level) => {
      used.push(`log of ${instance}`);
      return systemDrivers().log(instance, level);
    },
    dialRedis({ name, url }) {
      used.push(`redis of ${name} at ${url}`);
      const send = (): Promise<never> => Promise.reject(new Unavailable("Redis"));
      return { ready: true, inFlight: 0, sent: 0, send, close: () => Promise.resolve() };
    },
  };
  const config = readConfig({ ...nowhere, CORDUM_INSTANCE_ID: "worker-7" });
  const starting = startReplica({ role: "worker", config, clock: hurried(systemClock()), drivers });
  await expect(starting).rejects.toMatchObject({ code: "redis_away" });
  expect(used.slice(0, 2)).toEqual(["log of worker-7", `redis of worker-7 at ${nowhere.REDIS_URL}`]);
});

function hurried(clock: Clock): Clock {
  return { ...clock, now: () => clock.now() * 50 };
}
