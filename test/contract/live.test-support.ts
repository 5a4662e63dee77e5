import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { Redis } from "ioredis";

import { systemClock } from "../../core/mod.ts";
import { systemDrivers } from "../../reference/system-drivers.ts";
import { useNats, useRedis } from "../servers.ts";
import { playOn, type Arm } from "./stage.test-support.ts";

/** Real servers, real clients, real time. */
export function useLiveArm(): Arm {
  const [redis, nats] = [useRedis(), useNats()];
  return {
    name: "live",
    async play(story) {
      const urls = { REDIS_URL: redis.server.url, NATS_URL: nats.server.url };
      const clock = systemClock();
      try {
        await playOn({ urls, clock, machineOf: () => ({ drivers: systemDrivers(), clock }) }, story);
      } finally {
        await Promise.all([emptyRedis(redis.server.url), emptyNats(nats.server.url)]);
      }
    },
  };
}

async function emptyRedis(url: string): Promise<void> {
  const client = new Redis(url);
  await client.flushall();
  client.disconnect();
}

async function emptyNats(url: string): Promise<void> {
  const client = await connect({ servers: url });
  const manager = await jetstreamManager(client);
  for await (const { config } of manager.streams.list()) await manager.streams.delete(config.name);
  await client.close();
}
