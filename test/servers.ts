import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll } from "vitest";

import { startEmbeddedNats, startEmbeddedRedis } from "../worlds/local/servers/embedded.ts";
import { startNats } from "../worlds/local/servers/nats.ts";
import { startRedis } from "../worlds/local/servers/redis.ts";
import type { Server } from "../worlds/local/servers/server.ts";

/** A server of a test file. */
export interface TestServer {
  readonly server: Server;
}

/** Has every test of real servers run against the simulator's engines instead, over TCP. */
const embedsAll = process.env["SEATRIAL_TEST_SERVERS"] === "embedded";

/** A real Redis server for the tests of one file; gone afterwards. */
export function useRedis(): TestServer {
  return embedsAll ? useEmbeddedRedis() : useServer("redis", startRedis);
}

/** A real NATS server with JetStream for the tests of one file; gone afterwards. */
export function useNats(): TestServer {
  return embedsAll ? useEmbeddedNats() : useServer("nats", startNats);
}

/** The simulator's Redis, over TCP. */
export function useEmbeddedRedis(): TestServer {
  return useServer("redis", startEmbeddedRedis);
}

/** The simulator's NATS, over TCP. */
export function useEmbeddedNats(): TestServer {
  return useServer("nats", startEmbeddedNats);
}

function useServer(name: string, start: (folder: string) => Promise<Server>): TestServer {
  let server: Server | undefined;
  let folder: string | undefined;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), `seatrial-test-${name}-`));
    server = await start(folder);
  });
  afterAll(async () => {
    await server?.kill();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });
  return {
    get server() {
      if (!server) throw new Error(`${name} is used before the tests begin`);
      return server;
    },
  };
}
