import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll } from "vitest";

import { startEmbeddedNats, startEmbeddedRedis } from "../worlds/local/servers/embedded.ts";
import { startNats } from "../worlds/local/servers/nats.ts";
import { startRedis } from "../worlds/local/servers/redis.ts";
import type { Server } from "../worlds/local/servers/server.ts";

/** For a look at the simulator's engines: all tests of real servers and real clients run against them, over TCP. */
const areEmbedded = process.env["SEATRIAL_TEST_SERVERS"] === "embedded";

/** A real Redis server for the tests of one file; gone afterwards. */
export function useRedis(): { readonly server: Server } {
  return useServer("redis", areEmbedded ? startEmbeddedRedis : startRedis);
}

/** A real NATS server with JetStream for the tests of one file; gone afterwards. */
export function useNats(): { readonly server: Server } {
  return useServer("nats", areEmbedded ? startEmbeddedNats : startNats);
}

function useServer(name: string, start: (folder: string) => Promise<Server>): { readonly server: Server } {
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
